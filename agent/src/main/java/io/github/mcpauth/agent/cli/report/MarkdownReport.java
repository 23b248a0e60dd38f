package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.markdown.FindingMarkdown;
import io.github.mcpauth.agent.cli.markdown.Markdown;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import io.github.mcpauth.agent.recording.ServerVerdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes bug reports: one for each party that must act, ready to be pasted. */
final class MarkdownReport {

  private final StringBuilder text = new StringBuilder();
  private final Recording recording;
  private final String version;

  private MarkdownReport(Recording recording, String version) {
    this.recording = recording;
    this.version = version;
  }

  /**
   * @param actor whose report; null for all
   */
  static String of(Recording recording, String version, @Nullable String actor) {
    MarkdownReport report = new MarkdownReport(recording, version);
    List<ActorPage> pages = ActorPage.of(recording);
    List<ActorPage> wanted =
        pages.stream().filter(page -> actor == null || page.actor().equals(actor)).toList();
    if (actor != null && wanted.isEmpty()) {
      String acting =
          pages.isEmpty()
              ? "nobody must act"
              : "those who must: "
                  + String.join(
                      ", ", new LinkedHashSet<>(pages.stream().map(ActorPage::actor).toList()));
      throw new UsageException("there is nothing that " + actor + " must act on; " + acting);
    }
    if (wanted.isEmpty()) {
      report.nothing();
    }
    wanted.forEach(report::page);
    return report.text.toString();
  }

  private void nothing() {
    text.append("# Nothing to act on\n\n");
    for (ServerVerdict verdict : ServerVerdict.of(recording)) {
      text.append("- ").append(Markdown.code(verdict.server().url())).append(": ");
      text.append(verdict.standing().words());
      text.append(verdict.why().isEmpty() ? "" : ": " + Markdown.text(verdict.why()));
      text.append('\n');
    }
  }

  private void page(ActorPage page) {
    text.append("# ").append(Markdown.text(page.title())).append("\n\n");
    text.append("Seen from inside an MCP host's JVM by mcp-auth-agent ").append(version);
    text.append(". Secrets stand as fingerprints, good for comparing and nothing else.\n\n");
    for (ActorPage.Item item : page.items()) {
      FindingBlock block = FindingBlock.of(item.finding().line().fields(), item.finding().count());
      text.append(FindingMarkdown.of(block, "##"));
    }
    drawings(page);
    Map<LoggedExchange, Run> exchanges = page.exchanges();
    if (!exchanges.isEmpty()) {
      text.append("## Exchanges\n\n");
      exchanges.keySet().forEach(this::exchange);
    }
    environment(page);
  }

  private void drawings(ActorPage page) {
    Set<String> drawn = new LinkedHashSet<>();
    for (ActorPage.Item item : page.items()) {
      String url = item.finding().serverUrl();
      Flow flow = Flow.of(item.run(), url);
      if (!flow.arrows().isEmpty() && drawn.add(item.run().id() + url)) {
        text.append("## What happened\n\n```mermaid\n").append(Mermaid.of(flow)).append("```\n\n");
      }
    }
  }

  private void exchange(LoggedExchange exchange) {
    text.append("### #").append(exchange.number()).append(", ");
    text.append(Markdown.code(exchange.line().text(Field.TIMESTAMP))).append("\n\n");
    StringBuilder wire = new StringBuilder();
    wire.append(exchange.method()).append(' ').append(exchange.url()).append('\n');
    headers(wire, "> ", exchange.line().value(Field.REQUEST_HEADERS));
    wire.append(ExchangePart.outcome(exchange)).append('\n');
    headers(wire, "< ", exchange.line().value(Field.RESPONSE_HEADERS));
    String body = exchange.line().text(Field.RESPONSE_BODY);
    if (!body.isEmpty()) {
      wire.append("< \n< ").append(body).append('\n');
    }
    text.append(Markdown.block(wire.toString())).append('\n');
    text.append(Markdown.shell(CurlLine.of(exchange))).append('\n');
  }

  private static void headers(StringBuilder wire, String lead, @Nullable Object headers) {
    if (headers instanceof Map<?, ?> map) {
      map.forEach(
          (name, values) -> {
            for (Object value : values instanceof List<?> list ? list : List.of()) {
              wire.append(lead).append(name).append(": ").append(value).append('\n');
            }
          });
    }
  }

  private void environment(ActorPage page) {
    text.append("## Environment\n\n");
    Set<Run> runs = new LinkedHashSet<>();
    page.items().forEach(item -> runs.add(item.run()));
    for (Run run : runs) {
      LogLine started = run.started();
      text.append("- mcp-auth-agent ");
      text.append(Markdown.text(started == null ? version : started.text(Field.VERSION)));
      if (started != null) {
        text.append(", Java ").append(Markdown.text(started.text(Field.JAVA_VERSION)));
        text.append(" (").append(Markdown.text(started.text(Field.JAVA_VENDOR))).append(')');
      }
      text.append(", ").append(run.first()).append(" to ").append(run.last()).append('\n');
    }
    text.append('\n');
  }
}
