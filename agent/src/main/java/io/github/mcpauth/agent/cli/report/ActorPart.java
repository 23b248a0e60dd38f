package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recording.LoggedExchange;
import java.util.Map;

/** What one party needs to know, by itself: it is sent on, or printed. */
final class ActorPart {

  private final HtmlWriter html;
  private final Anchors anchors;
  private final String version;

  ActorPart(HtmlWriter html, Anchors anchors, String version) {
    this.html = html;
    this.anchors = anchors;
    this.version = version;
  }

  void write(ActorPage page, String anchor) {
    html.open("section", "class", "actor", "id", anchor);
    html.element("h2", page.title()).line();
    html.open("p", "class", "soft");
    html.text("Seen from inside the application's JVM by mcp-auth-agent " + version + ".");
    html.close("p");
    page.items().forEach(item -> new FindingHtml(html).write(item.finding()));
    Map<LoggedExchange, ?> exchanges = page.exchanges();
    if (!exchanges.isEmpty()) {
      html.element("h3", "The exchanges, and how to see them again").line();
      exchanges.keySet().forEach(this::exchange);
    }
    html.close("section").line();
  }

  private void exchange(LoggedExchange exchange) {
    html.open("p");
    html.element("a", "#" + exchange.number(), "href", "#" + anchors.of(exchange)).raw(" ");
    html.text(exchange.line().text(Field.TIMESTAMP) + "  ");
    html.element("code", exchange.method() + " " + exchange.url()).raw(" ");
    html.element("b", ExchangePart.outcome(exchange)).close("p");
    html.open("pre").whole(CurlLine.of(exchange)).close("pre").line();
  }
}
