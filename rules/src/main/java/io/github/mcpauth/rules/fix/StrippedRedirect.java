package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Strips credentials from a request before a redirect takes it to another origin: JDK 17 forwards
 * Authorization and cookies, every client forwards other headers and, after 307 and 308, bodies.
 */
final class StrippedRedirect implements Fix {

  private static final String ACTION = "stripped the credentials before a redirect to ";

  private final FollowedRedirects followed;

  StrippedRedirect(FollowedRedirects followed) {
    this.followed = followed;
  }

  @Override
  public String rule() {
    return RuleNames.CREDENTIAL_SENT_TO_WRONG_ORIGIN;
  }

  @Override
  public boolean takesRedirects() {
    return true;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return followed.contains(exchange.id());
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    URI target = followed.contains(exchange.id()) ? target(exchange) : null;
    Origin there = target == null ? null : Origin.of(target);
    if (target == null || there == null || !leaves(exchange, there)) {
      return null;
    }
    if (keepsBody(exchange) && CarriedCredentials.inBody(exchange)) {
      return new Plan.Act(
          "kept a body with credentials from a redirect to " + there,
          ResponseDecision.DELIVER_AS_IS);
    }
    RequestHead request = exchange.request();
    RequestHead next =
        new RequestHead(
            keepsBody(exchange) ? request.method() : "GET",
            target,
            CarriedCredentials.without(request.headers()),
            request.version());
    return new Plan.Send(
        ACTION + there,
        keepsBody(exchange) ? next : withoutBody(next),
        keepsBody(exchange) ? exchange.requestBody().bytes() : null,
        false,
        new Continuation() {
          @Override
          public Plan arrived(Exchange answer, McpServer now) {
            return new Plan.Act(ACTION + there, ResponseDecision.DELIVER_AS_IS);
          }

          @Override
          public boolean mayBeRedirected() {
            return true;
          }
        });
  }

  @Override
  public @Nullable Edit hop(Exchange redirect, RequestHead next, McpServer server) {
    Origin there = Origin.of(next.url());
    // Not the redirect's own origin: OkHttp makes each hop of the host's request, credentials and
    // all, so that they must be taken out again where another origin redirects within itself.
    Origin home = Origin.of(server.history().first(redirect).request().url());
    if (there == null || there.equals(home)) {
      return null;
    }
    boolean body = !next.method().equals("GET") && CarriedCredentials.inBody(redirect);
    if (!body && !CarriedCredentials.any(next)) {
      return null;
    }
    return new Edit(
        ACTION + there,
        next.withHeaders(CarriedCredentials.without(next.headers())),
        body ? new byte[0] : null,
        null,
        null,
        false);
  }

  private static boolean leaves(Exchange exchange, Origin there) {
    boolean carries =
        CarriedCredentials.any(exchange.request())
            || (keepsBody(exchange) && CarriedCredentials.inBody(exchange));
    return carries && !there.equals(Origin.of(exchange.request().url()));
  }

  private static @Nullable URI target(Exchange exchange) {
    int status = exchange.status();
    URI location =
        status >= 300 && status < 400
            ? Urls.parse(exchange.responseHeaders().first("Location"))
            : null;
    return location == null ? null : exchange.request().url().resolve(location);
  }

  private static boolean keepsBody(Exchange exchange) {
    boolean get = exchange.request().method().equals("GET");
    return get || exchange.status() == 307 || exchange.status() == 308;
  }

  private static RequestHead withoutBody(RequestHead head) {
    return head.withHeaders(head.headers().without("Content-Type").without("Content-Length"));
  }
}
