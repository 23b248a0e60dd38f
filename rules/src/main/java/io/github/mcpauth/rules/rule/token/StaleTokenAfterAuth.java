package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
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
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request is refused that carries a superseded token, or none, although a newer one was issued
 * for that server before the request was sent. The newest token in the request disproves it; so
 * does its use in other requests, unless both tokens are of one login: the host may act for several
 * users.
 */
public final class StaleTokenAfterAuth implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.STALE_TOKEN_AFTER_AUTH,
              "Your application logged in, and then did not send the new token",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Access Token Usage",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED)
          .followsFrom(RuleNames.CREDENTIAL_MALFORMED, RuleNames.REDIRECT_BROKE_REQUEST);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role() != Role.MCP || (status != 401 && status != 403)) {
      return;
    }
    String authorization = exchange.request().headers().first("Authorization");
    AccessToken renewed = server.tokens().successor(authorization, exchange, false);
    AccessToken newer = renewed == null ? leftOut(exchange, server) : renewed;
    if (newer != null && exchange.id() > newer.exchangeId()) {
      report.found(finding(exchange, server, newer, renewed != null));
    }
  }

  /**
   * The newest token, as long as the host has not sent it: once it has, a request with another one,
   * or with none, may be another user's, unless it names the session that was opened with it.
   */
  private static @Nullable AccessToken leftOut(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    String authorization = exchange.request().headers().first("Authorization");
    if (newest == null || newest.isIn(authorization)) {
      return null;
    }
    McpSession session = server.sessions().with(exchange.sessionId());
    boolean itsSession =
        authorization == null
            && session != null
            && Objects.equals(session.token(), newest.digest());
    return itsSession || !server.tokens().isNewestInUse() ? newest : null;
  }

  private static Finding finding(
      Exchange exchange, McpServer server, AccessToken newer, boolean sameLogin) {
    boolean none = !exchange.request().headers().has("Authorization");
    boolean ours = sameLogin || server.tokens().isNewestOurs();
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .confidence(sameLogin ? Confidence.CERTAIN : Confidence.LIKELY)
            .message(
                "Exchange "
                    + newer.exchangeId()
                    + " brought a new access token"
                    + (ours
                        ? " for this server"
                        : " (whether for this server is not known: its request named no resource)")
                    + ", but the request after it"
                    + (none ? " carried no token" : " carried an older one")
                    + " and was refused with "
                    + exchange.status()
                    + ".")
            .saw(
                exchange.id(),
                "request.header.authorization",
                none ? "absent" : "another token than the newest",
                "the token of exchange " + newer.exchangeId())
            .step(
                "Your application: after a login, build the request anew. When the authorizationErrorHandler of"
                    + " MCP Java SDK 2.0.1 returns true, it sends the request again as built before"
                    + " the login: return false, and call again. 2.1.0 asks its request customizer"
                    + " once more, which must then give the new token")
            .step("Your application: ask for the token with each request, not once at start-up");
    String property = "-D" + INFO.fixProperty() + "=on";
    return finding
        .step(
            sameLogin
                ? "Until then, in this JVM: "
                    + property
                    + " sends the refused request once more, with the newest token of the same login"
                : "Until then, in this JVM, and only if it acts for one user: -Dmcpauth.users=one "
                    + property
                    + " sends the refused request once more, with the token of the one login that was"
                    + " asked for with resource="
                    + server.resource())
        .build();
  }
}
