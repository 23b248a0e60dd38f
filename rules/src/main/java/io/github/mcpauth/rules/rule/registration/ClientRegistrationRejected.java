package io.github.mcpauth.rules.rule.registration;

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
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Causes of the table of words for which nobody need be asked for a client_id. */
  private static final Set<String> OF_ANOTHER_THING =
      Set.of(
          "blocked-in-front",
          "clients-used-up",
          "country-not-allowed",
          "ip-not-allowed",
          "proxy-policy",
          "rate-limited");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role().meant() != Role.REGISTRATION
        || status < 400
        || status == 404
        || status == 405
        || status == 429
        || status >= 500) {
      return;
    }
    Said said = Said.of(exchange);
    FindingBuilder misshapen = MisshapenRegistration.of(INFO, said, exchange, server);
    if (misshapen != null) {
      report.found(misshapen.build());
      return;
    }
    String code = said.code() == null ? "" : said.code();
    String sent = exchange.requestBody().text();
    Wording words = WordTable.of(exchange, said);
    String known = cause(code, said.lower(), sent);
    boolean vendor =
        words != null && (words.isOfVendor() || OF_ANOTHER_THING.contains(words.cause()));
    String cause = words != null && (vendor || known == null) ? words.cause() : known;
    boolean open = status != 401 && status != 403;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .quote(said.quote())
            .confidence(cause == null || code.isEmpty() ? Confidence.POSSIBLE : Confidence.LIKELY)
            .message(
                "The registration at "
                    + exchange.request().url()
                    + " was refused with "
                    + status
                    + (code.isEmpty() ? "" : " " + code)
                    + ".")
            .saw(exchange.id(), "response", (status + " " + code).strip(), "201 with a client_id");
    if (cause == null || (!vendor && !open)) {
      cause = open ? "invalid-metadata" : "needs-initial-access-token";
    }
    finding.cause(cause);
    if (words != null && cause.equals(words.cause())) {
      finding.actor(words.actor()).step(words.actor().inWords() + ": " + words.step());
    }
    boolean closed = !open && words != null && cause.equals(words.cause());
    boolean ask = closed && !cause.startsWith("registration-") && !OF_ANOTHER_THING.contains(cause);
    remedy(ask ? "closed" : cause, said, finding);
    report.found(finding.build());
  }

  private static @Nullable String cause(String code, String said, String sent) {
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
    if (said.contains("grant_type") || said.contains("grant type")) {
      return "grant-types";
    }
    return code.equals("invalid_software_statement") || code.equals("unapproved_software_statement")
        ? "software-statement"
        : null;
  }

  private static void remedy(String cause, Said said, FindingBuilder finding) {
    switch (cause) {
      case "closed" ->
          finding.step(
              "User: ask the operator for a client_id, or for an initial access token, and configure"
                  + " it in your application");
      case "needs-initial-access-token" ->
          finding
              .actor(Actor.USER)
              .step(
                  "User: registration is not open here; ask the operator for a client_id, or for an"
                      + " initial access token, and configure it in your application");
      case "application-type" ->
          finding.step(
              "Your application: send \"application_type\": \"native\" with loopback redirect URIs; the"
                  + " default \"web\" forbids them (OpenID Connect Registration §2)");
      case "redirect-uri" ->
          finding
              .step("Your application: register exactly the redirect URI that the login will use")
              .step(
                  "Authorization server: allow loopback redirect URIs of any port (RFC 8252 §7.3)");
      case "scope" ->
          finding.step(
              "Your application: leave \"scope\" out of the registration, or take it from"
                  + " scopes_supported of the protected resource metadata");
      case "unknown-member" ->
          finding.step(
              "Your application: send only members that RFC 7591 §2 names; \"resource\" is none");
      case "auth-method" ->
          finding.step(
              "Your application: send a token_endpoint_auth_method that the metadata lists in"
                  + " token_endpoint_auth_methods_supported; public clients use \"none\"");
      case "grant-types" ->
          finding
              .step(
                  "Your application: register with the grant_types that the answer names; else with"
                      + " authorization_code and refresh_token only, whatever else the metadata lists")
              .step(
                  "Authorization server: leave out the grants that it does not offer, instead of"
                      + " refusing (RFC 7591 §3.2.1), and list none that a client cannot register for");
      case "registration-policy",
          "registration-disabled",
          "blocked-in-front",
          "clients-used-up",
          "country-not-allowed",
          "ip-not-allowed",
          "proxy-policy",
          "rate-limited" -> {}
      default ->
          finding.step(
              said.quote() == null
                  ? "Authorization server: say in the answer why it refuses (error_description), and"
                      + " log it"
                  : "Your application: correct what the answer says, which is quoted here, and"
                      + " register again");
    }
  }
}
