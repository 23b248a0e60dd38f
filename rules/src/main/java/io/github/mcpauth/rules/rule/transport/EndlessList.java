package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.knowledge.ListPages;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RequestDefect;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each page of a list names the cursor of itself again, so that a host that asks for the next page
 * never comes to an end. A cursor that moves on, an answer that names none, or a list that is begun
 * anew disproves it.
 */
public final class EndlessList implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "endless-list",
              "A list never ends: each page names itself as the next one",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Pagination: Response Format (nextCursor)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.SUCCESS_IS_NONE);

  /** A host may ask for a page a second time, e.g. after a time-out. */
  private static final int MANY = 4;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    String method =
        exchange.status() == 200 && McpRequest.isMessage(exchange)
            ? McpMethods.of(exchange.requestBody())
            : null;
    if (method == null || !method.endsWith("/list")) {
      return;
    }
    ListPages pages = server.pages();
    String cursor = cursor(exchange.requestBody());
    if (cursor == null || endsThere(exchange)) {
      if (pages.isUnderWay(method)) {
        pages.begun(method);
      }
      return;
    }
    int times = pages.asked(method, cursor);
    if (times == MANY) {
      report.found(
          FindingBuilder.of(INFO, server)
              .subject(method)
              .cause(cursor.isEmpty() ? "cursor-empty" : "cursor-again")
              .confidence(Confidence.LIKELY)
              .message(
                  "Your application asked for the next page of "
                      + method
                      + " "
                      + times
                      + " times in a row with the same cursor"
                      + (cursor.isEmpty() ? ", an empty one" : "")
                      + ": each answer names it again as nextCursor, and a client asks for more as long"
                      + " as there is one.")
              .saw(exchange.id(), "response.json.result.nextCursor", "the same", "none, or another")
              .step(
                  "MCP server: leave nextCursor out of the last page (an empty text is a cursor as"
                      + " well), and have each cursor lead on to the page behind it")
              .step(
                  "Your application: until then, ask for the first page only, or stop where a cursor"
                      + " comes again")
              .build());
    }
  }

  /** Whether the answer was kept as a whole, and names no further page. */
  private static boolean endsThere(Exchange exchange) {
    Body body = exchange.responseBody();
    return body.isWhole() && !body.isEmpty() && !McpMethods.contains(body, "\"nextCursor\"");
  }

  private static @Nullable String cursor(Body body) {
    if (!body.isWhole() || !McpMethods.contains(body, "\"cursor\"")) {
      return null;
    }
    Map<?, ?> message = body.as(RequestDefect.MESSAGE).orElse(null);
    Object params = message == null ? null : message.get("params");
    return params instanceof Map<?, ?> members && members.get("cursor") instanceof String text
        ? text
        : null;
  }
}
