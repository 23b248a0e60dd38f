package io.github.mcpauth.rules.rule.redirect;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.LoginPages;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A redirect that the client followed changed the request, and the changed request failed: POST
 * became GET, the scheme fell to http, or Authorization was dropped. An answer that is a success,
 * or a request that arrived unchanged, disproves it. A redirect to a login page is another rule's.
 */
public final class RedirectBrokeRequest implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.REDIRECT_BROKE_REQUEST,
              "A redirect changed the request, so that it failed",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9110 §15.4 (method and credentials on redirection)",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.COMPLETED, Phase.FAILED)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() >= 300 || exchange.request().method().equals("GET")) {
      judge(exchange, server, report);
    }
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    boolean cancelled =
        exchange.failure() != null && exchange.failure().kind() == Failure.Kind.CANCELLED;
    if (exchange.response() == null && !cancelled) {
      judge(exchange, server, report);
    }
  }

  private static void judge(Exchange exchange, McpServer server, Report report) {
    Exchange from = server.history().redirectedFrom(exchange);
    boolean redirects = exchange.status() >= 300 && exchange.status() < 400;
    if (from == null || redirects || !isJudged(exchange) || LoginPages.isOne(exchange)) {
      return;
    }
    String cause = cause(from, exchange);
    boolean tookAsGet = exchange.status() == 200 && !"method-changed".equals(cause);
    if (cause == null || tookAsGet) {
      return;
    }
    URI target = exchange.request().url();
    boolean mcp = from.isMcp();
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .message(
                (mcp ? "The server redirected (" : "The authorization server redirected (")
                    + from.status()
                    + ") "
                    + from.request().method()
                    + " "
                    + from.request().url()
                    + " to "
                    + target
                    + "; "
                    + inWords(cause, exchange)
                    + ", and the answer was "
                    + exchange.outcome()
                    + ".")
            .saw(from.id(), "response.header.location", target.toString(), "no redirect")
            .saw(exchange.id(), "request", inWords(cause, exchange), "the request unchanged");
    if (cause.equals("scheme-downgraded")) {
      finding
          .actor(Actor.NETWORK)
          .step(
              "MCP server: trust X-Forwarded-Proto of the proxy that ends TLS, so that Location is"
                  + " https")
          .step("Network: let the proxy set X-Forwarded-Proto and rewrite Location");
    }
    if (mcp) {
      finding
          .step("User: configure the URL that the server redirects to: " + canonical(from, target))
          .step("MCP server: answer the path with and without the slash, or redirect with 308");
    } else {
      finding
          .actor(Actor.AUTHORIZATION_SERVER)
          .step(
              "Authorization server: name "
                  + canonical(from, target)
                  + " in its metadata as the "
                  + from.role().inWords()
                  + " endpoint, or answer there without a redirect");
    }
    if (mcp && Origin.haveSameHost(from.request().url(), target)) {
      finding.fixStep(
          "sends the original request to that URL of the same host, with its method and body,"
              + " over its original scheme");
    }
    report.found(finding.build());
  }

  /** MCP, and the legs of OAuth that post something. */
  private static boolean isJudged(Exchange exchange) {
    return exchange.role() == Role.MCP
        || exchange.role().meant() == Role.TOKEN
        || exchange.role().meant() == Role.REGISTRATION;
  }

  private static @Nullable String cause(Exchange from, Exchange exchange) {
    URI before = from.request().url();
    URI after = exchange.request().url();
    boolean fell =
        "https".equalsIgnoreCase(before.getScheme()) && "http".equalsIgnoreCase(after.getScheme());
    if (fell) {
      return "scheme-downgraded";
    }
    if (from.request().method().equals("POST") && exchange.request().method().equals("GET")) {
      return "method-changed";
    }
    boolean dropped =
        from.request().headers().has("Authorization")
            && !exchange.request().headers().has("Authorization");
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    return dropped && refused ? "authorization-dropped" : null;
  }

  private static String canonical(Exchange from, URI target) {
    Origin origin = Origin.of(from.request().url());
    return Origin.haveSameHost(from.request().url(), target)
        ? origin + target.getRawPath()
        : target.toString();
  }

  private static String inWords(String cause, Exchange exchange) {
    return switch (cause) {
      case "scheme-downgraded" ->
          "https became http"
              + (exchange.request().headers().has("Authorization")
                  ? ""
                  : " and Authorization was dropped");
      case "method-changed" -> "POST became GET and lost its body";
      default -> "Authorization was dropped, since the target is another origin";
    };
  }
}
