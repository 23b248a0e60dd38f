package io.github.mcpauth.rules.rule.redirect;

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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.LoginPages;
import io.github.mcpauth.rules.reading.Refusal;
import java.net.URI;

/**
 * A login page for people stands in front of the server: a redirect to one, or its HTML with status
 * 200, 401 or 403. A Bearer challenge, JSON, or a page without any sign of a login disproves it.
 */
public final class RedirectedToLogin implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.REDIRECTED_TO_LOGIN,
              "A login page for people stands in front of the server",
              Severity.ERROR,
              Actor.NETWORK,
              "MCP 2025-11-25, Authorization: Protected Resource Metadata Discovery (401, not a page)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.SUCCESS_IS_NONE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean endpoint =
        exchange.role().meant() == Role.TOKEN || exchange.role().meant() == Role.REGISTRATION;
    if (!exchange.isMcp() && !endpoint) {
      return;
    }
    int status = exchange.status();
    String target = null;
    if (status >= 301 && status <= 308 && status != 304) {
      String location = exchange.responseHeaders().first("Location");
      URI url = Urls.parse(location);
      URI absolute = url == null ? null : exchange.request().url().resolve(url);
      target = LoginPages.leadsToOne(absolute) ? String.valueOf(absolute) : null;
    } else if (!endpoint && (status == 200 || status == 401 || status == 403)) {
      boolean page =
          LoginPages.isOne(exchange) && Challenges.in(exchange.responseHeaders()).bearer() == null;
      target = page && !Refusal.isEdge(exchange) ? exchange.request().url().toString() : null;
    }
    if (target == null) {
      return;
    }
    report.found(
        endpoint ? ofEndpoint(exchange, target, server) : ofServer(exchange, target, server));
  }

  /** Programs call it, so that no login page can be answered there. */
  private static Finding ofEndpoint(Exchange exchange, String target, McpServer server) {
    String label = exchange.role().label();
    return FindingBuilder.of(INFO, server)
        .subject(label)
        .actor(Actor.AUTHORIZATION_SERVER)
        .confidence(Confidence.LIKELY)
        .message(
            "The request to "
                + exchange.request().url()
                + " ("
                + exchange.role().inWords()
                + ") was answered "
                + exchange.status()
                + ", a redirect that asks a person to log in: "
                + target
                + ".")
        .saw(exchange.id(), "response", exchange.status() + ", login page", "JSON")
        .step(
            "Authorization server: exempt this endpoint from its login page (and from CSRF checks):"
                + " programs call it, with credentials of their own")
        .build();
  }

  /** Whether the site itself asks for a login by a page, rather than a gateway or provider. */
  private static boolean isOfSameSite(Exchange exchange, String target) {
    URI page = Urls.parse(target);
    return exchange.status() >= 300
        && exchange.status() < 400
        && page != null
        && page.getHost() != null
        && page.getHost().equalsIgnoreCase(exchange.request().url().getHost())
        && !target.contains("/cdn-cgi/access")
        && !target.contains("/oauth2/");
  }

  /** Whether who deployed the server sets there who may reach it, and often is the user. */
  private static boolean isOfPlatform(String target) {
    return target.contains("vercel.com/sso-api")
        || target.contains("github.com/codespaces/auth")
        || target.contains("tunnels.api.visualstudio.com")
        || target.contains("devtunnels.ms");
  }

  /** What the gateway takes from programs in the place of a person's login. */
  private static String credential(String target) {
    if (target.contains("cloudflareaccess.com")) {
      return "a service token of Cloudflare Access, in the headers CF-Access-Client-Id and"
          + " CF-Access-Client-Secret, and allow it in a policy there (Service Auth)";
    }
    if (target.contains("vercel.com/sso-api")) {
      return "the header x-vercel-protection-bypass with the project's secret, or use the production"
          + " URL; or turn Vercel's Deployment Protection off";
    }
    if (target.contains("github.com/codespaces/auth")) {
      return "a token of GitHub in the header X-Github-Token, or make the codespace's port public";
    }
    if (target.contains("tunnels.api.visualstudio.com") || target.contains("devtunnels.ms")) {
      return "a token of the dev tunnel in the header X-Tunnel-Authorization, or have the tunnel"
          + " allow anonymous access";
    }
    if (target.contains("login.microsoftonline.com") || target.contains("/.auth/login")) {
      return "a token of Entra for the application that the gateway is registered as (App Service"
          + " authentication), or have it answer 401 instead of a redirect there";
    }
    if (target.contains("accounts.google.com")) {
      return "an ID token for the client of Identity-Aware Proxy (Proxy-Authorization: Bearer)";
    }
    return "the header that the gateway takes from programs, e.g. a service token";
  }

  private static Finding ofServer(Exchange exchange, String target, McpServer server) {
    int status = exchange.status();
    boolean sameSite = isOfSameSite(exchange, target);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .actor(sameSite ? Actor.MCP_SERVER : isOfPlatform(target) ? Actor.USER : Actor.NETWORK);
    if (isOfPlatform(target)) {
      finding.step("User: give your application " + credential(target));
    }
    if (sameSite) {
      finding
          .step(
              "MCP server: exempt the MCP endpoint and /.well-known/ from the login of the web"
                  + " application that answers at this address, and answer 401 there")
          .step(
              "User: check the path of the URL, a slash at its end included: what the endpoint does not"
                  + " take, the web application does");
    }
    return finding
        .message(
            "Instead of an MCP answer came "
                + (status >= 300 && status < 400 ? "a redirect" : "a page")
                + " ("
                + status
                + ") that asks a person to log in: "
                + target
                + (sameSite
                    ? ". The page is of the same site: a web application answers there, which sends whoever"
                        + " is not logged in to it."
                    : "."))
        .saw(exchange.id(), "response", status + ", login page", "401 with a Bearer challenge")
        .step(
            "Network: exempt the MCP endpoint and /.well-known/ from the login page (SSO"
                + " gateway, access proxy), so that the server can answer 401 itself")
        .step(
            isOfPlatform(target)
                ? "MCP server: or publish it at an address that asks for no login of the platform's"
                : "User: or give your application " + credential(target))
        .build();
  }
}
