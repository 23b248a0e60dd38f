package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happened between an application, an MCP server and those around it, step by step.
 *
 * @param arrows equal ones in a row are one
 * @param left how many steps are not there, as there are too many
 */
record Flow(List<Arrow> arrows, int left) {

  private static final int MOST = 80;
  private static final int LONGEST_LABEL = 46;

  Flow {
    arrows = List.copyOf(arrows);
  }

  /** The flow of one server; of all that belongs to none where the URL is empty. */
  static Flow of(Run run, String serverUrl) {
    List<Arrow> arrows = new ArrayList<>();
    int left = 0;
    boolean sawLogin = false;
    for (LoggedExchange exchange : run.exchanges()) {
      if (!exchange.serverUrl().equals(serverUrl)) {
        continue;
      }
      sawLogin |= exchange.role().equals("authorize");
      if (bringsCode(exchange) && !sawLogin) {
        add(arrows, login());
      }
      sawLogin &= !exchange.role().equals("token");
      Arrow arrow = arrow(exchange);
      if (arrows.size() >= MOST && !arrows.get(arrows.size() - 1).isLike(arrow)) {
        left++;
      } else {
        add(arrows, arrow);
      }
    }
    return new Flow(arrows, left);
  }

  private static void add(List<Arrow> arrows, Arrow arrow) {
    int last = arrows.size() - 1;
    if (last >= 0 && arrows.get(last).isLike(arrow)) {
      arrows.set(last, arrows.get(last).again());
    } else {
      arrows.add(arrow);
    }
  }

  /** A code can only come from a browser, which the agent does not see. */
  private static boolean bringsCode(LoggedExchange exchange) {
    return exchange.role().equals("token")
        && exchange.line().value(Field.REQUEST_FORM) instanceof Map<?, ?> form
        && "authorization_code".equals(form.get("grant_type"));
  }

  private static Arrow login() {
    return new Arrow(
        Participant.BROWSER,
        Participant.AUTHORIZATION_SERVER,
        null,
        "login (inferred)",
        "code",
        false,
        1);
  }

  private static Arrow arrow(LoggedExchange exchange) {
    Participant from =
        exchange.role().equals("authorize") ? Participant.BROWSER : Participant.APPLICATION;
    String outcome =
        exchange.failure().isEmpty()
            ? exchange.status() == 0 ? "no answer" : String.valueOf(exchange.status())
            : exchange.status() == 0
                ? exchange.failure()
                : exchange.status() + " " + exchange.failure();
    return new Arrow(
        from, Participant.of(exchange), exchange, label(exchange), outcome, exchange.isFailed(), 1);
  }

  private static String label(LoggedExchange exchange) {
    StringBuilder label = new StringBuilder(exchange.method());
    String what = sent(exchange);
    label.append(' ').append(what.isEmpty() ? path(exchange.url()) : what);
    return label.length() <= LONGEST_LABEL
        ? label.toString()
        : label.substring(0, LONGEST_LABEL - 3) + "...";
  }

  private static String sent(LoggedExchange exchange) {
    for (LogLine message : exchange.messages()) {
      if (message.text(Field.DIRECTION).equals("sent")) {
        String tool = message.text(Field.TOOL);
        return message.text(Field.METHOD) + (tool.isEmpty() ? "" : " " + tool);
      }
    }
    return "";
  }

  private static String path(String url) {
    int scheme = url.indexOf("://");
    int slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
    String path = slash < 0 ? "/" : url.substring(slash);
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query) + "?...";
  }
}
