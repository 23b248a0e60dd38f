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
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.OtherForm;
import java.net.URI;

/** A credential leaves over http:// to another machine. A loopback address disproves it. */
public final class CredentialOverPlainHttp implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "credential-over-plain-http",
              "A credential is sent without encryption",
              Severity.WARNING,
              Actor.USER,
              "MCP 2025-11-25, Authorization: Communication Security; RFC 6750 §5.3",
              FixSafety.NONE)
          .asked(Phase.SENT)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.INDEPENDENT);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void sent(Exchange exchange, McpServer server, Report report) {
    URI url = exchange.request().url();
    Origin origin = "http".equalsIgnoreCase(url.getScheme()) ? Origin.of(url) : null;
    if (origin == null || origin.isLoopback()) {
      return;
    }
    boolean form =
        exchange.role().meant() == Role.TOKEN
            && OtherForm.parameters(exchange.request(), exchange.requestBody()).first("grant_type")
                != null;
    if (!form && !Credentials.carriedBy(exchange.request())) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .subject(origin.toString())
            .message(
                "A "
                    + (form ? "token request" : "credential")
                    + " went to "
                    + origin
                    + " over plain http; everyone on the way can read and use it.")
            .saw(exchange.id(), "url.scheme", "http", "https")
            .step("User: use the https:// URL of the server")
            .step("MCP server: serve https, and redirect nothing to http")
            .build());
  }
}
