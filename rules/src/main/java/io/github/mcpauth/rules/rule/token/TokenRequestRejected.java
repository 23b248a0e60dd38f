package io.github.mcpauth.rules.rule.token;

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
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint gave no token: an OAuth error with whatever status, or an answer that is no
 * token response. A token in the answer disproves it; so do the answers that ask a host to come
 * again ({@code authorization_pending}, {@code slow_down}, {@code use_dpop_nonce}).
 */
public final class TokenRequestRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.TOKEN_REQUEST_REJECTED,
              "The authorization server issues no token",
              Severity.ERROR,
              Actor.HOST,
              "RFC 6749 §5.2; RFC 8707 §2; MCP 2025-11-25, Resource Parameter Implementation",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.COMPLETED)
          .followsFrom(
              RuleNames.REFRESH_TOKEN_RACE,
              RuleNames.CLIENT_REGISTRATION_REJECTED,
              RuleNames.CLIENT_REGISTRATION_UNAVAILABLE,
              RuleNames.ISSUER_MISMATCH,
              RuleNames.AUTHORIZATION_SERVER_METADATA_UNAVAILABLE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role() != Role.TOKEN || status == 429 || (status >= 300 && status < 400)) {
      return;
    }
    OAuthError error = OAuthError.of(exchange.responseBody());
    boolean unreadable = error == null && !exchange.responseBody().isWhole();
    if ((status < 400 && error == null && (unreadable || isToken(exchange)))
        || (error != null && asksToComeAgain(error.code()))
        || (error == null && status >= 500)) {
      return; // A 5xx without an OAuth error is the rule server-error's.
    }
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    TokenRefusal refusal = TokenRefusal.of(request, error, exchange, server);
    String said = error == null || error.description() == null ? "" : ": " + error.description();
    String what = error == null ? "no OAuth error" : error.code();
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(refusal.cause())
            .actor(refusal.actor())
            .message(
                "The request for a token (grant "
                    + request.grant()
                    + ", client authentication "
                    + request.clientAuth()
                    + ") at "
                    + exchange.request().url()
                    + " was answered "
                    + status
                    + " "
                    + what
                    + said
                    + ". "
                    + refusal.inWords())
            .saw(exchange.id(), "response", status + " " + what, "200 with an access_token");
    refusal.remedy().forEach(finding::step);
    offerFix(finding, exchange, server, request, error);
    report.found(finding.build());
  }

  /** The fix of this name repairs few of the causes. */
  private static void offerFix(
      FindingBuilder finding,
      Exchange exchange,
      McpServer server,
      TokenRequest request,
      @Nullable OAuthError error) {
    if (error == null) {
      return;
    }
    if (exchange.status() == 200) {
      finding.fixStep("shows the host the error with status 400");
    } else if (error.code().equals("invalid_client") && otherWay(exchange, server, request)) {
      finding.fixStep("sends the request once more with the client's secret in the other place");
    } else if (request.resource() == null && isAboutResource(error)) {
      finding.fixStep("adds the resource to token requests");
    }
  }

  /** Whether the metadata lists the other way to present a secret than the one that was used. */
  private static boolean otherWay(Exchange exchange, McpServer server, TokenRequest request) {
    var metadata = server.discovery().server();
    String other =
        switch (request.clientAuth()) {
          case "client_secret_basic" -> "client_secret_post";
          case "client_secret_post" -> "client_secret_basic";
          default -> "";
        };
    if (metadata == null
        || !exchange.request().url().toString().equals(metadata.document().tokenEndpoint())) {
      return false;
    }
    List<String> listed = metadata.document().clientAuthMethods();
    return listed.isEmpty() ? other.equals("client_secret_basic") : listed.contains(other);
  }

  private static boolean isAboutResource(OAuthError error) {
    String said = error.description() == null ? "" : error.description().toLowerCase(Locale.ROOT);
    boolean entra = said.contains("aadsts"); // It takes no resource at all.
    return !entra
        && (error.code().equals("invalid_target")
            || (error.code().equals("invalid_request") && said.contains("resource")));
  }

  private static boolean isToken(Exchange exchange) {
    return exchange.responseBody().text().contains("\"access_token\"");
  }

  private static boolean asksToComeAgain(String code) {
    return code.equals("authorization_pending")
        || code.equals("slow_down")
        || code.equals("use_dpop_nonce");
  }
}
