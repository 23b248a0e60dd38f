package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends a refused request once more with the newest token that was issued for that server. A 401 or
 * 403 tells that the server did not run it, a tool call included.
 */
final class NewestToken implements Fix {

  private static final String ACTION = "replayed the request with the newest token";

  private final InstantSource clock;

  NewestToken(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return "stale-token-after-auth";
  }

  @Override
  public boolean needsBody(Exchange exchange, Journey journey) {
    return false;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit) {
    AccessToken newest = journey.newestToken();
    RequestHead request = exchange.request();
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    if (newest == null
        || !refused
        || exchange.role() != Role.MCP
        || newest.isIn(request.headers().first("Authorization"))) {
      return null;
    }
    if (exchange.cause() == Cause.AUTOFIX) {
      return Plan.skip(ACTION, "a fix has replayed it already");
    }
    Origin origin = journey.origin();
    if (origin == null || !origin.contains(request.url())) {
      return Plan.skip(ACTION, "the token was issued for another origin");
    }
    if (!newest.isBearer() || request.headers().has("DPoP")) {
      return Plan.skip(ACTION, "the token is bound to a proof that only the host can make");
    }
    if (!newest.isValid(clock.instant())) {
      return Plan.skip(ACTION, "the newest token has expired");
    }
    if (!exchange.requestBody().isWhole()) {
      return Plan.skip(ACTION, "the request's body cannot be sent again");
    }
    RequestHead again =
        request.withHeaders(request.headers().with("Authorization", newest.authorization()));
    return Plan.act(
        ACTION, new ResponseDecision.Replay(again, null, ResponseDecision.DELIVER_AS_IS));
  }
}
