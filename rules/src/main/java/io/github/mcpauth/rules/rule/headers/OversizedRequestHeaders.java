package io.github.mcpauth.rules.rule.headers;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;

/**
 * A request whose head will be too big for common servers, although this one took it. An answer
 * that refuses the request is another rule's matter.
 */
public final class OversizedRequestHeaders implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "oversized-request-headers",
              "The request's headers are close to what common servers take",
              Severity.WARNING,
              Actor.HOST,
              "RFC 9110 §5.4; RFC 6585 §5",
              FixSafety.NONE)
          .asked(Phase.ANSWERED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.INDEPENDENT);

  private final int warn;
  private final int limit;

  /**
   * @param warn bytes from which it warns
   * @param limit bytes that common servers take
   */
  public OversizedRequestHeaders(int warn, int limit) {
    this.warn = warn;
    this.limit = limit;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    if (exchange.headerBytes() < warn || exchange.status() >= 400) {
      return;
    }
    HeaderRanking ranking = HeaderRanking.of(exchange);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .message(
                "The request's head takes "
                    + exchange.headerBytes()
                    + " bytes; Tomcat, Jetty, Netty and nginx refuse more than about "
                    + limit
                    + " with 431 or 400. Largest: "
                    + ranking.inWords()
                    + ".")
            .saw(
                exchange.id(),
                "request.header_bytes",
                String.valueOf(exchange.headerBytes()),
                "less than " + warn)
            .detail("mcpauth.headers.largest", ranking.bytesByName());
    ranking.advise(finding);
    finding.step("MCP server: raise the limit of the request head before it is reached");
    report.found(finding.build());
  }
}
