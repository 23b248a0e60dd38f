package io.github.mcpauth.rules.rule.discovery;

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
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.Gateway;
import io.github.mcpauth.rules.reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A 403 to a request without a credential that opens the connection: the server means "log in". A
 * page of a firewall, a Host or Origin check, or a credential in the request disproves it.
 */
public final class ForbiddenOnConnect implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.FORBIDDEN_ON_CONNECT,
              "The server answers 403 to a first request without a token",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Authorization: Error Handling; RFC 9110 §15.5.2",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() != 403 || exchange.role() != Role.MCP) {
      return;
    }
    Refusal refusal = Refusal.of(exchange, server);
    if (!refusal.meansLogin()) {
      return;
    }
    boolean unexplained = refusal == Refusal.UNEXPLAINED;
    var document = WellKnown.protectedResource(server.endpoint()).get(0);
    String origin = unexplained ? foreignOrigin(exchange) : null;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .severity(unexplained ? Severity.WARNING : Severity.ERROR)
            .confidence(
                switch (refusal) {
                  case WANTS_LOGIN -> Confidence.CERTAIN;
                  case SPEAKS_OF_LOGIN -> Confidence.LIKELY;
                  default -> Confidence.POSSIBLE;
                })
            .message(
                "The server answered 403 to the first request, which carried no token"
                    + why(refusal, exchange)
                    + (origin == null
                        ? ""
                        : ". It carried the header Origin: "
                            + origin
                            + ", by which servers keep out pages of other sites: that may be why")
                    + ". Clients take 403 for a failure and do not offer to log in.")
            .saw(exchange.id(), "response.status", "403", "401")
            .step(
                "MCP server: answer a request without a token with 401 and WWW-Authenticate:"
                    + " Bearer resource_metadata=\""
                    + document
                    + "\"; keep 403 for tokens that lack a permission")
            .step(
                "Until then, in this JVM: -D"
                    + INFO.fixProperty()
                    + "=on shows your application a 401 with a challenge");
    if (origin != null) {
      finding.step(
          "Your application: leave the header Origin out (only browsers must send it), or have this"
              + " origin allowed at the MCP server");
    }
    Gateway gateway = unexplained ? Gateway.of(exchange) : null;
    if (gateway != null) {
      finding.step(
          "Network: see in the log of "
              + gateway.name()
              + ", which answers or passes the answer on, whether a rule or external authorization of"
              + " its own refuses the request; if the server's log has the request, it is the server");
    }
    report.found(finding.build());
  }

  /** An Origin of another site than the server's (MCP 2025-11-25, Transports: Security Warning). */
  private static @Nullable String foreignOrigin(Exchange exchange) {
    String given = exchange.request().headers().first("Origin");
    boolean own = String.valueOf(Origin.of(exchange.request().url())).equals(given);
    return own ? null : given;
  }

  private static String why(Refusal refusal, Exchange exchange) {
    return switch (refusal) {
      case WANTS_LOGIN -> ", and named a Bearer challenge or has resource metadata";
      case SPEAKS_OF_LOGIN -> ", and its answer speaks of authentication";
      default ->
          exchange.responseBody().complete()
              ? "; nothing in the answer says why, and nothing points to a firewall"
              : "; your application read no more than its head, in which nothing says why";
    };
  }
}
