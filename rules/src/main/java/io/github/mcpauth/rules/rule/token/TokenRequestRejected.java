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
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.Said;
import java.util.List;
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

  /** The first request of a login may get it (RFC 9449 §8): a host that repeats it is healthy. */
  private static final String NONCE = "use_dpop_nonce";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role().meant() != Role.TOKEN || status == 429 || (status >= 300 && status < 400)) {
      return;
    }
    Said said = Said.of(exchange);
    String code = said.code();
    boolean success = status < 400;
    if ((success && code == null && (!exchange.responseBody().isWhole() || isToken(exchange)))
        || (code != null && asksToComeAgain(code) && !code.equals(NONCE))
        || (code == null && status >= 500)) {
      return; // A 5xx without an OAuth error is the rule server-error's.
    }
    TokenRequest request = TokenRequest.inAnyForm(exchange.request(), exchange.requestBody());
    TokenRefusal refusal = TokenRefusal.of(request, said, exchange, server);
    String what = status + " " + TokenRefusal.code(code);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(refusal.cause())
            .actor(refusal.actor())
            .confidence(refusal.confidence())
            .quote(success && code == null ? null : said.quote())
            .message(
                "The request for a token (grant "
                    + request.grant()
                    + ", client authentication "
                    + request.clientAuth()
                    + ") at "
                    + exchange.request().url()
                    + " was answered "
                    + what
                    + ". "
                    + refusal.inWords())
            .saw(exchange.id(), "response", what, "200 with an access_token");
    refusal.remedy().forEach(finding::step);
    offerFix(finding, exchange, server, request, said);
    if (NONCE.equals(code)) {
      String grant = request.isRefresh() ? request.refreshToken() : request.code();
      report.suspect(
          INFO.name() + "-nonce", now -> cameAgain(exchange, grant, now) ? null : finding.build());
    } else {
      report.found(finding.build());
    }
  }

  /** The fix of this name repairs few of the causes. */
  private static void offerFix(
      FindingBuilder finding,
      Exchange exchange,
      McpServer server,
      TokenRequest request,
      Said said) {
    if (said.code() == null || exchange.role() != Role.TOKEN) {
      return;
    }
    if (exchange.status() == 200) {
      finding.fixStep("shows your application the error with status 400");
    } else if (said.code().equals("invalid_client") && otherWay(exchange, server, request)) {
      finding.fixStep("sends the request once more with the client's secret in the other place");
    } else if (request.resource() == null && isAboutResource(said)) {
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

  private static boolean isAboutResource(Said said) {
    String text = said.lower();
    boolean entra = text.contains("aadsts"); // It takes no resource at all.
    return !entra
        && ("invalid_target".equals(said.code())
            || ("invalid_request".equals(said.code()) && text.contains("resource")));
  }

  /** Whether the host repeated the request, as it is asked to, or has a newer token. */
  private static boolean cameAgain(Exchange exchange, @Nullable String grant, McpServer server) {
    AccessToken newest = server.newestToken();
    return (newest != null && newest.exchangeId() > exchange.id())
        || (grant != null && server.tokens().others(grant, exchange.id()) != null);
  }

  private static boolean isToken(Exchange exchange) {
    return AccessToken.isIn(exchange.responseBody());
  }

  private static boolean asksToComeAgain(String code) {
    return code.equals("authorization_pending") || code.equals("slow_down") || code.equals(NONCE);
  }
}
