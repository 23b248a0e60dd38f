package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;

/**
 * The authorization server's metadata does not offer PKCE with S256, so a host must refuse it. A
 * host that goes on all the same disproves that it is stopped by it.
 */
public final class PkceNotAdvertised implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.PKCE_NOT_ADVERTISED,
              "The authorization server does not advertise PKCE with S256",
              Severity.ERROR,
              Actor.AUTHORIZATION_SERVER,
              "MCP 2025-11-25, Authorization Code Protection; RFC 8414 §2; RFC 7636 §4.2",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.role() != Role.AUTHORIZATION_SERVER_METADATA || exchange.status() != 200) {
      return;
    }
    AuthorizationServerMetadata document =
        AuthorizationServerMetadata.parse(exchange.responseBody());
    if (document == null
        || !document.isUsable()
        || document.authorizationEndpoint() == null
        || !document.wrongTypes().isEmpty() // authorization-server-metadata-unavailable
        || document.challengeMethods().contains("S256")) {
      return;
    }
    String cause = document.challengeMethods().isEmpty() ? "absent" : "no-s256";
    Finding finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .message(
                "The metadata of "
                    + document.issuer()
                    + (cause.equals("absent")
                        ? " has no code_challenge_methods_supported"
                        : " offers only " + document.challengeMethods())
                    + ", and your application did not go on. MCP clients must refuse such a server.")
            .saw(
                exchange.id(),
                "response.json.code_challenge_methods_supported",
                document.challengeMethods().toString(),
                "[\"S256\"]")
            .step(
                "Authorization server: publish \"code_challenge_methods_supported\": [\"S256\"]"
                    + " (and support it)")
            .step(
                "MCP server: or put metadata that says so in front of an authorization server that"
                    + " supports PKCE without saying it")
            .build();
    report.suspect(
        INFO.name(),
        now ->
            now.tokens().everRequested()
                    || now.discovery().isRegistering()
                    || now.progress().waitingSince() == null
                ? null
                : finding);
  }
}
