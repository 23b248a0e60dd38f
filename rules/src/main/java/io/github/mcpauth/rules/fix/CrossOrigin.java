package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.PublicHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what belongs to the origin that the host called away from every other one. JDK 17 forwards
 * Authorization and cookies on a redirect, every client forwards other headers and, after 307 and
 * 308, bodies; an authenticator or a retry may add them again at the target. Needs to know nothing
 * of the server: each request of a call is compared with the call's own home.
 */
final class CrossOrigin {

  static final String RULE = RuleNames.CREDENTIAL_SENT_TO_WRONG_ORIGIN;

  private static final int MOST_FOLLOWED = 256;

  /** The answers that a client would follow to another URL by itself. */
  private final Set<Long> followed = BoundedMap.set(MOST_FOLLOWED);

  /** The client is about to follow this redirect by itself; {@link #plan} may do it instead. */
  void follows(Exchange redirect) {
    followed.add(redirect.id());
  }

  boolean isFollowed(Exchange redirect) {
    return followed.contains(redirect.id());
  }

  /**
   * The request of a redirect as it may go to another origin, in the place of the client's; a body
   * that may hold credentials goes nowhere, and the host sees the redirect.
   */
  @Nullable Plan plan(Exchange redirect) {
    URI target = isFollowed(redirect) ? target(redirect) : null;
    if (target == null || redirect.isHome(target)) {
      return null;
    }
    boolean keepsBody = keepsBody(redirect);
    RequestHead request = redirect.request();
    List<String> kept = PublicHeaders.others(request.headers());
    if (keepsBody && !CarriedCredentials.mayLeaveInBody(redirect)) {
      kept.add("the body");
      return new Plan.Act(action(kept, target), ResponseDecision.DELIVER_AS_IS);
    }
    // Even where nothing is kept: at the target the client's own authenticator has no part in it.
    Headers headers = PublicHeaders.of(request.headers());
    RequestHead next =
        new RequestHead(
            keepsBody ? request.method() : "GET",
            target,
            keepsBody ? headers : headers.without("Content-Type").without("Content-Length"),
            request.version());
    return new Plan.Send(
        action(kept, target),
        next,
        keepsBody ? redirect.requestBody().bytes() : null,
        false,
        Continuation.TAKE_ANY);
  }

  /**
   * How a request that a client makes by itself is to leave, where it goes to another origin than
   * the call: made of a redirect, of a challenge there, or for a second time.
   *
   * @param before an exchange of the same call
   */
  @Nullable Edit edit(Exchange before, RequestHead next) {
    if (before.isHome(next.url())) {
      return null;
    }
    List<String> kept = new ArrayList<>(PublicHeaders.others(next.headers()));
    boolean body = !next.method().equals("GET") && !CarriedCredentials.mayLeaveInBody(before);
    if (body) {
      kept.add("the body");
    }
    return kept.isEmpty()
        ? null
        : new Edit(
            action(kept, next.url()),
            next.withHeaders(PublicHeaders.of(next.headers())),
            body ? new byte[0] : null,
            null,
            null,
            false);
  }

  /** In words; empty where nothing was kept. */
  private static String action(List<String> kept, URI target) {
    if (kept.isEmpty()) {
      return "";
    }
    Origin there = Origin.of(target);
    String names = String.join(", ", kept);
    return "kept " + names + " from " + (there == null ? "another origin" : there);
  }

  private static @Nullable URI target(Exchange redirect) {
    int status = redirect.status();
    URI location =
        status >= 300 && status < 400
            ? Urls.parse(redirect.responseHeaders().first("Location"))
            : null;
    return location == null ? null : redirect.request().url().resolve(location);
  }

  private static boolean keepsBody(Exchange redirect) {
    boolean get = redirect.request().method().equals("GET");
    return get || redirect.status() == 307 || redirect.status() == 308;
  }
}
