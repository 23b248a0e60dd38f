package io.github.mcpauth.rules.rule.registration;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.OAuthError;
import java.util.Locale;

/**
 * The authorization server refused to register the client. A 404 or 405, which tell that nothing
 * registers there, are another rule's.
 */
public final class ClientRegistrationRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.CLIENT_REGISTRATION_REJECTED,
              "The authorization server refuses to register the client",
              Severity.ERROR,
              Actor.HOST,
              "RFC 7591 §3.2.2; MCP 2025-11-25, Dynamic Client Registration",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(DiscoveryRules.names());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role() != Role.REGISTRATION
        || status < 400
        || status == 404
        || status == 405
        || status == 429
        || status >= 500) {
      return;
    }
    OAuthError error = OAuthError.of(exchange.responseBody());
    String sent = exchange.requestBody().text();
    String said = error == null ? "" : String.valueOf(error.description());
    String cause = cause(status, error == null ? "" : error.code(), lower(said), sent);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .message(
                "The registration at "
                    + exchange.request().url()
                    + " was refused with "
                    + status
                    + (error == null ? "" : " " + error.code())
                    + (said.isEmpty() || said.equals("null") ? "" : ": " + said)
                    + ".")
            .saw(
                exchange.id(),
                "response",
                status + (error == null ? "" : " " + error.code()),
                "201 with a client_id");
    remedy(cause, finding);
    report.found(finding.build());
  }

  private static String cause(int status, String code, String said, String sent) {
    if (status == 401 || status == 403) {
      return "needs-initial-access-token";
    }
    boolean loopback = sent.contains("localhost") || sent.contains("127.0.0.1");
    if (code.equals("invalid_redirect_uri") || said.contains("redirect")) {
      return loopback && !sent.contains("\"application_type\"")
          ? "application-type"
          : "redirect-uri";
    }
    if (said.contains("scope")) {
      return "scope";
    }
    if (said.contains("unrecognized")
        || said.contains("unknown field")
        || said.contains("unknown member")
        || said.contains("unexpected")) {
      return "unknown-member";
    }
    if (said.contains("auth_method") || said.contains("authentication method")) {
      return "auth-method";
    }
    return code.equals("invalid_software_statement") || code.equals("unapproved_software_statement")
        ? "software-statement"
        : "invalid-metadata";
  }

  private static void remedy(String cause, FindingBuilder finding) {
    switch (cause) {
      case "needs-initial-access-token" ->
          finding
              .actor(Actor.USER)
              .step(
                  "User: registration is not open here; ask the operator for a client_id, or for an"
                      + " initial access token, and configure it in the host");
      case "application-type" ->
          finding.step(
              "Host: send \"application_type\": \"native\" with loopback redirect URIs; the"
                  + " default \"web\" forbids them (OpenID Connect Registration §2)");
      case "redirect-uri" ->
          finding
              .step("Host: register exactly the redirect URI that the login will use")
              .step(
                  "Authorization server: allow loopback redirect URIs of any port (RFC 8252 §7.3)");
      case "scope" ->
          finding.step(
              "Host: leave \"scope\" out of the registration, or take it from"
                  + " scopes_supported of the protected resource metadata");
      case "unknown-member" ->
          finding.step("Host: send only members that RFC 7591 §2 names; \"resource\" is none");
      case "auth-method" ->
          finding.step(
              "Host: send a token_endpoint_auth_method that the metadata lists in"
                  + " token_endpoint_auth_methods_supported; public clients use \"none\"");
      default -> finding.step("Host: correct what the answer names, and register again");
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
