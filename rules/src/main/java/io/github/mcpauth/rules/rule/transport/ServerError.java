package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;

/**
 * The server, or a gateway in front of it, failed by its own account (5xx). An unknown session or a
 * bot check in its answer disproves it, and 501 to the optional stream is none.
 */
public final class ServerError implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.SERVER_ERROR,
              "The server failed by its own account",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9110 §15.6",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.PASSING);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean stream = McpRequest.opensStream(exchange) && (status == 500 || status == 501);
    // 501 to a registration says that there is none: another rule's.
    boolean registers = exchange.role() == Role.REGISTRATION && status == 501;
    if (status < 500 || stream || registers || exchange.role() == Role.OTHER) {
      return;
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && words.isOfVendor() && words.isOfText()) {
      return; // A product's own words say more: request-refused.
    }
    Actor party = Actor.serving(exchange.role());
    boolean own = status == 503 && AnswerBody.isJson(exchange); // It runs, and is overloaded.
    boolean gateway = status == 502 || (status == 503 && !own) || status == 504 || status >= 520;
    Wording known = words == null || words.isOfCredential() ? null : words;
    Actor actor = known != null ? known.actor() : gateway ? Actor.NETWORK : party;
    String after = exchange.responseHeaders().first("Retry-After");
    String where =
        exchange.role() == Role.MCP
            ? "The MCP server"
            : "The " + exchange.role().label() + " endpoint";
    report.found(
        FindingBuilder.of(INFO, server)
            .subject(exchange.role().label() + status)
            .detail("mcpauth.cause", known != null ? known.cause() : gateway ? "gateway" : "server")
            .actor(actor)
            .confidence(status == 500 && known == null ? Confidence.CERTAIN : Confidence.LIKELY)
            .message(
                where
                    + " answered "
                    + status
                    + (gateway
                        ? ": something in front of the server got no good answer from it"
                        : ": it failed while it handled the request")
                    + ". Trying again later may help"
                    + (after == null ? "." : " (Retry-After: " + after + ")."))
            .saw(exchange.id(), "response.status", String.valueOf(status), "success")
            .step(
                known != null
                    ? actor.inWords() + ": " + known.step()
                    : gateway
                        ? "Network: check that the server behind the gateway runs and answers in"
                            + " time; raise the gateway's read timeout for calls that take long"
                        : party.inWords()
                            + ": look up this request in its log; the answer's body is in this log")
            .build());
  }
}
