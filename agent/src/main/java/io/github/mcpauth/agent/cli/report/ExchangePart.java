package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.Run;
import io.github.mcpauth.rules.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each exchange with all that is known of it, folded up. */
final class ExchangePart {

  private static final int MOST_HEADERS = 80;

  private final HtmlWriter html;
  private final Anchors anchors;
  private final Run run;

  ExchangePart(HtmlWriter html, Anchors anchors, Run run) {
    this.html = html;
    this.anchors = anchors;
    this.run = run;
  }

  void write(String title) {
    if (run.exchanges().isEmpty()) {
      return;
    }
    html.element("h2", title + "Exchanges").line();
    long left = run.exchangesSeen() - run.exchanges().size();
    if (left > 0) {
      html.element(
              "p",
              left
                  + " of "
                  + run.exchangesSeen()
                  + " exchanges are not shown: those stay that findings point to, and the first"
                  + " ones. The log has all.",
              "class",
              "cut")
          .line();
    }
    run.exchanges().forEach(this::exchange);
  }

  /** {@code "✘ 401"}, or why there is no status. */
  static String outcome(LoggedExchange exchange) {
    String status = exchange.status() == 0 ? "" : exchange.status() + " ";
    String failure = exchange.failure();
    String outcome = (status + failure).strip();
    return (exchange.isFailed() ? "✘ " : "✔ ") + (outcome.isEmpty() ? "no answer" : outcome);
  }

  private void exchange(LoggedExchange exchange) {
    html.open("details", "id", anchors.of(exchange)).open("summary");
    html.element("b", "#" + exchange.number()).raw(" ");
    html.element("code", exchange.method() + " " + exchange.url()).raw(" ");
    String kind = exchange.isFailed() ? "tag bad" : "tag good";
    html.element("span", outcome(exchange), "class", kind);
    html.element(
        "span", " " + exchange.role() + ", " + exchange.took().toMillis() + " ms", "class", "soft");
    html.close("summary").open("div").line();
    facts(exchange);
    findings(exchange);
    headers("Request", exchange.line().value(Field.REQUEST_HEADERS));
    document("Form", exchange.line().value(Field.REQUEST_FORM));
    document("Request document", exchange.line().value(Field.REQUEST_JSON));
    document("Request body", exchange.line().value(Field.REQUEST_BODY));
    headers("Answer", exchange.line().value(Field.RESPONSE_HEADERS));
    document("Answer's document", exchange.line().value(Field.RESPONSE_JSON));
    document("Answer's body", exchange.line().value(Field.RESPONSE_BODY));
    messages(exchange);
    if (!exchange.isWhole()) {
      html.element("p", "Heads and bodies are left out: see the log.", "class", "cut");
    } else {
      html.open("pre").whole(CurlLine.of(exchange)).close("pre");
    }
    html.close("div").close("details").line();
  }

  private void facts(LoggedExchange exchange) {
    LogLine line = exchange.line();
    html.open("dl", "class", "facts");
    fact("at", line.text(Field.TIMESTAMP));
    fact("server", exchange.serverUrl());
    fact("client", line.text(Field.CLIENT_KIND) + " HTTP/" + line.text(Field.PROTOCOL_VERSION));
    String parent = line.text(Field.EXCHANGE_PARENT);
    if (!parent.isEmpty()) {
      fact("led to by", "#" + parent + ", " + line.text(Field.EXCHANGE_CAUSE));
    }
    fact("request's head", line.text(Field.REQUEST_HEADER_BYTES) + " bytes");
    fact("error", (line.text(Field.ERROR_TYPE) + " " + line.text(Field.ERROR_MESSAGE)).strip());
    html.close("dl").line();
  }

  private void fact(String name, String value) {
    if (!value.isBlank()) {
      html.element("dt", name).element("dd", value);
    }
  }

  private void findings(LoggedExchange exchange) {
    for (LoggedFinding finding : run.findings()) {
      if (finding.exchange() == exchange.number()) {
        html.open("p").element("b", finding.severity() + " ");
        html.element("code", finding.rule()).raw(" ").text(finding.title()).close("p");
      }
    }
  }

  private void headers(String title, @Nullable Object headers) {
    if (!(headers instanceof Map<?, ?> map) || map.isEmpty()) {
      return;
    }
    html.element("h4", title).open("pre");
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      for (Object value : entry.getValue() instanceof List<?> list ? list : List.of()) {
        if (count++ < MOST_HEADERS) {
          html.text(entry.getKey() + ": " + value).line();
        }
      }
    }
    html.close("pre");
    if (count > MOST_HEADERS) {
      html.element("p", (count - MOST_HEADERS) + " more", "class", "cut");
    }
  }

  private void document(String title, @Nullable Object document) {
    if (document == null) {
      return;
    }
    String text = document instanceof String body ? body : Json.write(document);
    html.element("h4", title).open("pre").text(text).close("pre");
  }

  private void messages(LoggedExchange exchange) {
    if (exchange.messages().isEmpty() && exchange.others().isEmpty()) {
      return;
    }
    html.element("h4", "Messages").open("ul");
    for (LogLine line : exchange.messages()) {
      html.element("li", HtmlReport.message(line));
    }
    for (LogLine line : exchange.others()) {
      String kind = line.name() == EventName.CALL ? "call " : "";
      html.element("li", kind + HtmlReport.message(line));
    }
    html.close("ul");
    long left = exchange.messagesSeen() - exchange.messages().size();
    if (left > 0) {
      html.element("p", left + " more messages", "class", "cut");
    }
  }
}
