package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.LoginPages;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a redirect within one host with the original method, body and credentials (RFC 9110
 * §15.4 lets clients turn POST into GET), over the original scheme where a proxy names http. Never
 * from https to http, credentials or not: arguments and results are nobody else's either.
 */
final class StraightRedirect implements Fix {

  private static final String ACTION = "sent the original request to the redirect's target";
  private static final int MOST_HOPS = 4;

  private final RememberedTarget remembered;

  StraightRedirect(RememberedTarget remembered) {
    this.remembered = remembered;
  }

  @Override
  public String rule() {
    return RuleNames.REDIRECT_BROKE_REQUEST;
  }

  @Override
  public boolean takesRedirects() {
    return true;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return isRedirect(exchange);
  }

  private static boolean isRedirect(Exchange exchange) {
    int status = exchange.status();
    return exchange.role() == Role.MCP
        && (status == 301 || status == 302 || status == 307 || status == 308)
        && exchange.responseHeaders().has("Location");
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    return isRedirect(exchange) ? hop(exchange, exchange, true, MOST_HOPS) : null;
  }

  /**
   * @param permanent whether every redirect so far was for good
   */
  private @Nullable Plan hop(Exchange original, Exchange redirect, boolean permanent, int left) {
    URI from = redirect.request().url();
    URI location = Urls.parse(redirect.responseHeaders().first("Location"));
    URI named = location == null ? null : from.resolve(location);
    if (named == null || LoginPages.leadsToOne(named) || left == 0) {
      return null;
    }
    URI target = overOriginalScheme(from, named);
    Origin home = Origin.of(original.request().url());
    Origin there = Origin.of(target);
    if (home == null || there == null || !home.host().equals(there.host())) {
      return null; // Another host: not ours to decide.
    }
    Origin here = Origin.of(from);
    boolean secured = home.isHttps() || (here != null && here.isHttps());
    if (secured && !there.isHttps()) {
      return new Plan.Skip(ACTION, "it leads from https to http");
    }
    boolean carries = CarriedCredentials.any(original.request());
    if (carries && !home.equals(there)) {
      return new Plan.Skip(ACTION, "the credential was issued for " + home + ", not " + there);
    }
    if (target.equals(from)) {
      return new Plan.Skip(ACTION, "it leads back to the same URL");
    }
    boolean forGood = permanent && (redirect.status() == 301 || redirect.status() == 308);
    return new Plan.Send(
        ACTION,
        original.request().withUrl(target),
        null,
        true,
        new Continuation() {
          @Override
          public @Nullable Plan arrived(Exchange answer, McpServer server) {
            if (isRedirect(answer)) {
              Plan next = hop(original, answer, forGood, left - 1);
              return next == null ? new Plan.Skip(ACTION, "the redirects do not end") : next;
            }
            if (answer.status() < 400 && forGood) {
              remembered.moved(original.request().url(), answer.request().url());
            }
            // The target's own refusal says more than the redirect did.
            return new Plan.Act(ACTION, ResponseDecision.DELIVER_AS_IS);
          }

          @Override
          public boolean needsBody() {
            return true;
          }
        });
  }

  /** A proxy that ends TLS hides the scheme from the server, which then names http. */
  private static URI overOriginalScheme(URI from, URI named) {
    boolean fell =
        "https".equalsIgnoreCase(from.getScheme())
            && "http".equalsIgnoreCase(named.getScheme())
            && from.getHost() != null
            && from.getHost().equalsIgnoreCase(named.getHost());
    if (!fell) {
      return named;
    }
    boolean usual =
        named.getPort() < 0 || named.getPort() == 80 || named.getPort() == from.getPort();
    String query = named.getRawQuery() == null ? "" : "?" + named.getRawQuery();
    URI upgraded = Urls.parse(Origin.of(from) + named.getRawPath() + query);
    return usual && upgraded != null ? upgraded : named;
  }
}
