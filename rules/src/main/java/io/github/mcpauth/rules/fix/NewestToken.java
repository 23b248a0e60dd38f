package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends a refused request once more with the newest token that was issued for that server. A 401 or
 * 403 tells that the server did not run it, a tool call included. Not where the newest token may be
 * another user's: a host may act for several.
 */
final class NewestToken implements Fix {

  private static final String ACTION = "replayed the request with the newest token";

  private final InstantSource clock;

  NewestToken(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return RuleNames.STALE_TOKEN_AFTER_AUTH;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return isStale(exchange, server);
  }

  private static boolean isStale(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    return refused
        && newest != null
        && exchange.role() == Role.MCP
        && !newest.isIn(exchange.request().headers().first("Authorization"));
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    AccessToken newest = server.newestToken();
    if (newest == null || !isStale(exchange, server)) {
      return null;
    }
    RequestHead request = exchange.request();
    Origin origin = server.origin();
    if (origin == null || !origin.contains(request.url())) {
      return new Plan.Skip(ACTION, "the token was issued for another origin");
    }
    String resource = newest.request().resource();
    URI asked = Urls.parse(resource);
    if (resource != null && (asked == null || !origin.contains(asked))) {
      // The server's metadata may name any resource as its own.
      return new Plan.Skip(ACTION, "the token was asked for with another server's resource");
    }
    if (!newest.isBearer() || Proof.binds(request)) {
      return new Plan.Skip(ACTION, "the token is bound to a proof that only the host can make");
    }
    if (!newest.isValid(clock.instant()) || !newest.isKnown()) {
      return new Plan.Skip(ACTION, "the newest token has expired");
    }
    String old = request.headers().first("Authorization");
    if (server.tokens().isForAnother(newest, old)) {
      return new Plan.Skip(ACTION, "the newest token is another user's");
    }
    if (server.tokens().areSeveralInUse() && !server.tokens().isSuccessor(newest, old)) {
      return new Plan.Skip(ACTION, "several tokens are in use; only the host knows whose this is");
    }
    RequestHead again =
        request.withHeaders(request.headers().with("Authorization", newest.authorization()));
    return new Plan.Send(ACTION, again, null, true, Continuation.TAKE);
  }
}
