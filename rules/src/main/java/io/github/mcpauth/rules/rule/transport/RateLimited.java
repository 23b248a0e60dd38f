package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
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
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;

/** The server refuses for now because of too many requests: 429, or the JSON-RPC code -32429. */
public final class RateLimited implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.RATE_LIMITED,
              "The server refuses for now: too many requests",
              Severity.WARNING,
              Actor.HOST,
              "RFC 6585 §4 (429); RFC 9110 §10.2.3 (Retry-After)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.PASSING);

  private static final int TOO_MANY = -32429;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean code =
        McpRequest.isMessage(exchange)
            && exchange.status() >= 400
            && RpcError.code(exchange) == TOO_MANY;
    if (exchange.status() != 429 && !code) {
      return;
    }
    boolean status = exchange.status() == 429;
    String after = exchange.responseHeaders().first("Retry-After");
    report.found(
        FindingBuilder.of(INFO, server)
            .subject(exchange.role().label())
            .message(
                "A request ("
                    + exchange.role().label()
                    + ") was refused with "
                    + (status ? "429" : exchange.status() + " and the JSON-RPC error " + TOO_MANY)
                    + (after == null
                        ? "."
                        : "; the server asks to wait: Retry-After " + after + "."))
            .saw(
                exchange.id(),
                status ? "response.status" : "response.json.error.code",
                String.valueOf(status ? 429 : TOO_MANY),
                "success")
            .step(
                "Your application: wait "
                    + (after == null ? "a while" : "as long as Retry-After says")
                    + " before the next attempt; do not reconnect in parallel")
            .build());
  }
}
