package io.github.mcpauth.rules.rule.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import java.util.List;

/**
 * A credential reached an origin that it was not issued for: carried along by a redirect, or a
 * token that was requested for one server and is sent to another. Where the issue was not seen and
 * no redirect is involved, nothing is claimed.
 */
public final class CredentialSentToWrongOrigin implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.CREDENTIAL_SENT_TO_WRONG_ORIGIN,
              "A credential went to a server that it was not issued for",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Token Handling; RFC 9110 §15.4; RFC 9700 §4.10.1",
              FixSafety.SAFE)
          .asked(Phase.SENT)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.INDEPENDENT);

  private final CredentialLedger ledger;

  public CredentialSentToWrongOrigin(CredentialLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void sent(Exchange exchange, McpServer server, Report report) {
    Origin target = Origin.of(exchange.request().url());
    if (target == null) {
      return;
    }
    boolean led = exchange.parentId() != null && !exchange.isHome(exchange.request().url());
    if (led) {
      redirected(exchange, target, server, report);
    }
    CredentialLedger.Strayed strayed = ledger.sent(exchange, target);
    if (strayed != null && !led) {
      report(exchange, server, report, strayed.what(), strayed.home(), target, "another-server");
    }
  }

  /** Whichever hop led there: what a call carries belongs to the origin that it was made to. */
  private static void redirected(
      Exchange exchange, Origin target, McpServer server, Report report) {
    Origin home = Origin.of(exchange.home());
    List<String> carried = CarriedCredentials.in(exchange, server.history().first(exchange));
    if (home != null && !carried.isEmpty()) {
      String what = String.join(", ", carried);
      report(exchange, server, report, what, home.toString(), target, "redirect");
    }
  }

  private static void report(
      Exchange exchange,
      McpServer server,
      Report report,
      String what,
      String home,
      Origin target,
      String cause) {
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(cause + ' ' + target)
            .detail("mcpauth.cause", cause)
            .message(
                Character.toUpperCase(what.charAt(0))
                    + what.substring(1)
                    + " of "
                    + home
                    + " went to "
                    + target
                    + (cause.equals("redirect") ? ", carried along by a redirect." : "."))
            .saw(exchange.id(), "request", what + " at " + target, "only at " + home)
            .step("User: treat the credential as disclosed to " + target + ", and replace it");
    if (cause.equals("redirect")) {
      finding
          .step(
              "Your application: do not follow redirects to other origins with credentials; newer JDKs drop"
                  + " Authorization and Cookie there (JDK 17 forwards both), OkHttp drops"
                  + " Authorization only")
          .fixStep("strips the credentials before such a redirect leaves");
    } else {
      finding.step(
          "Your application: keep one token for each server, requested with its URL as resource");
    }
    report.found(finding.build());
  }
}
