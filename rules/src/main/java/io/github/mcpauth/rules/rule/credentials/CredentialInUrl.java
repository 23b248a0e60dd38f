package io.github.mcpauth.rules.rule.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
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
import io.github.mcpauth.rules.reading.UrlCredential;

/**
 * A token or secret travels in the URL of an MCP request, where proxies and servers write it to
 * their logs. A form body or a header disproves it; so do the browser's legs, which are not seen.
 */
public final class CredentialInUrl implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "credential-in-url",
              "A credential is part of the URL",
              Severity.WARNING,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Access Token Usage (not in the query); RFC 9700 §4.3.2",
              FixSafety.NONE)
          .asked(Phase.ANSWERED, Phase.COMPLETED, Phase.FAILED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.INDEPENDENT);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() < 400) {
      look(exchange, server, report);
    }
  }

  /** A refusal of what the URL carries is told by those who tell of refusals, and not twice. */
  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() >= 400
        && !exchange.role().isMisshapen()
        && !UrlCredential.isRefused(exchange)) {
      look(exchange, server, report);
    }
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    if (exchange.response() == null) {
      look(exchange, server, report);
    }
  }

  private static void look(Exchange exchange, McpServer server, Report report) {
    boolean watched = exchange.isMcp() || exchange.role().meant() == Role.TOKEN;
    String where = watched ? UrlCredential.in(exchange.request().url()) : null;
    if (where == null) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .subject(where)
            .message(
                "The URL carries a credential in its "
                    + where
                    + "; servers, proxies and browsers keep URLs in their logs."
                    + (exchange.status() == 401
                        ? " The server answered 401 and names where to log in: it does not look for a"
                            + " credential there, or does not take this one."
                        : ""))
            .saw(exchange.id(), "url.full", where, "an Authorization header")
            .step("Your application: send it as \"Authorization: Bearer …\" (RFC 6750 §2.1)")
            .step("User: treat the credential as disclosed, and replace it")
            .build());
  }
}
