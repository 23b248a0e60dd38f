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
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.TokenDefect;
import java.time.Duration;

/**
 * The answer that brought the token is not as it must be, and the host did not send the token: a
 * strict client drops such an answer. The token in a request disproves it.
 */
public final class TokenResponseInvalid implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "token-response-invalid",
              "The token response breaks its rules, and the token is not used",
              Severity.ERROR,
              Actor.AUTHORIZATION_SERVER,
              "RFC 6749 §5.1, §7.1",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.LEARNED)
          .followsFrom(
              RuleNames.CREDENTIAL_MALFORMED,
              RuleNames.REDIRECT_BROKE_REQUEST,
              RuleNames.REJECTED_AFTER_AUTH);

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    AccessToken newest = server.newestToken();
    TokenDefect defect = newest == null ? null : newest.defect();
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    if (newest != null
        && defect != null
        && refused
        && exchange.role() == Role.MCP
        && exchange.id() > newest.exchangeId()
        && !exchange.request().headers().has("Authorization")) {
      report.found(
          draft(newest, defect, server)
              .saw(exchange.id(), "request.header.authorization", "absent", "the new token")
              .fixStep(
                  StaleTokenAfterAuth.INFO, "sends the refused request once more, with that token")
              .build());
    }
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    AccessToken newest = server.newestToken();
    TokenDefect defect = newest == null ? null : newest.defect();
    if (newest != null && defect != null && newest.exchangeId() == exchange.id()) {
      Finding finding = draft(newest, defect, server).severity(Severity.WARNING).build();
      report.suspect(INFO.name(), PATIENCE, now -> isUsed(exchange, newest, now) ? null : finding);
    }
  }

  /** Whether the host took the answer for a good one, or got another. */
  private static boolean isUsed(Exchange exchange, AccessToken token, McpServer server) {
    return server.progress().connectedBy() > exchange.id()
        || server.newestToken() != token
        || server.tokens().isNewestInUse();
  }

  private static FindingBuilder draft(AccessToken token, TokenDefect defect, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause(defect.cause())
        .confidence(Confidence.LIKELY)
        .message(
            "In the token response of exchange "
                + token.exchangeId()
                + ", "
                + defect.member()
                + " is "
                + defect.observed()
                + "; it must be "
                + defect.expected()
                + ". Strict clients drop such an answer, and no request with the token followed.")
        .saw(
            token.exchangeId(),
            (defect.cause().equals("media-type") ? "response.header." : "response.json.")
                + defect.member(),
            defect.observed(),
            defect.expected())
        .step(
            "Authorization server: answer with "
                + defect.member()
                + " as "
                + defect.expected()
                + " (RFC 6749 §5.1)")
        .step("Your application: or take such an answer: the token in it may be good");
  }
}
