package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.LoginPages;
import io.github.mcpauth.rules.reading.PublicHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a redirect within one host with the original method, body and credentials (RFC 9110
 * §15.4 lets clients turn POST into GET), over the original scheme where a proxy names http. Never
 * from https to http, credentials or not: arguments and results are nobody else's either. A call
 * that may have run before it was redirected is not repeated, see {@link NotDispatched}; those that
 * follow go straight to a target that is permanent.
 */
final class SameOriginRedirect implements Fix {

  private static final String ACTION = "sent the original request to the redirect's target";
  private static final int MOST_HOPS = 3;

  private final PermanentRedirects permanent;

  SameOriginRedirect(PermanentRedirects permanent) {
    this.permanent = permanent;
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
    return isRedirect(exchange) ? hop(exchange, exchange, server, true, List.of()) : null;
  }

  /**
   * @param forGood whether every redirect so far was permanent
   * @param through where it led so far
   */
  private @Nullable Plan hop(
      Exchange original, Exchange redirect, McpServer server, boolean forGood, List<URI> through) {
    URI from = redirect.request().url();
    URI location = Urls.parse(redirect.responseHeaders().first("Location"));
    URI named = location == null ? null : from.resolve(location);
    if (named == null || LoginPages.leadsToOne(named) || through.size() == MOST_HOPS) {
      return null;
    }
    URI target = overOriginalScheme(from, named);
    Origin home = Origin.of(original.home());
    Origin there = Origin.of(target);
    if (home == null || there == null || !home.host().equals(there.host())) {
      return null; // Another host: not ours to decide.
    }
    Origin here = Origin.of(from);
    boolean secured = home.isHttps() || (here != null && here.isHttps());
    if (secured && !there.isHttps()) {
      return new Plan.Skip(ACTION, "it leads from https to http");
    }
    if (!mayGo(original, there)) {
      return new Plan.Skip(ACTION, "the credential was issued for " + home + ", not " + there);
    }
    if (server.isOthers(from) || server.isOthers(target)) {
      return new Plan.Skip(ACTION, "it leads to another server, in the same origin");
    }
    if (target.equals(from)) {
      return new Plan.Skip(ACTION, "it leads back to the same URL");
    }
    boolean stillForGood = forGood && (redirect.status() == 301 || redirect.status() == 308);
    List<URI> places = new ArrayList<>(through);
    places.add(target);
    return new Plan.Send(
        ACTION,
        original.request().withUrl(target),
        null,
        true,
        (answer, its) -> arrived(original, answer, its, stillForGood, places));
  }

  /** What carries nothing of the host's may change its port. */
  private static boolean mayGo(Exchange original, Origin there) {
    return there.contains(original.home())
        || (PublicHeaders.others(original.request().headers()).isEmpty()
            && CarriedCredentials.mayLeaveInBody(original));
  }

  private Plan arrived(
      Exchange original, Exchange answer, McpServer server, boolean forGood, List<URI> places) {
    if (isRedirect(answer)) {
      Plan next = hop(original, answer, server, forGood, places);
      return next == null ? new Plan.Skip(ACTION, "the redirects do not end") : next;
    }
    if (answer.status() < 400 && forGood) {
      permanent.moved(original.request(), places, server);
    }
    // The target's own refusal says more than the redirect did.
    return new Plan.Act(ACTION, ResponseDecision.DELIVER_AS_IS);
  }

  /** A proxy that ends TLS hides the scheme from the server, which then names http. */
  private static URI overOriginalScheme(URI from, URI named) {
    Origin here = Origin.of(from);
    Origin there = Origin.of(named);
    if (here == null
        || there == null
        || !here.isHttps()
        || there.isHttps()
        || !here.host().equals(there.host())) {
      return named;
    }
    boolean usual = there.port() == 80 || there.port() == here.port();
    String query = named.getRawQuery() == null ? "" : "?" + named.getRawQuery();
    URI upgraded = Urls.parse(here + named.getRawPath() + query);
    return usual && upgraded != null ? upgraded : named;
  }
}
