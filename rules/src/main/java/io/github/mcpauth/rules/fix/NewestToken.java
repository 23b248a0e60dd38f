package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Users;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Tokens;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.reading.BearerChallenge;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a refused request once more with the newest token of the same login, or of the same user,
 * if that token is this server's. A 401 or 403 tells that the server did not run it, a tool call
 * included. A request without a token, or with one of whom nothing is known, is nobody's: it gets
 * one only where the user said that there is but one user, and there is but one login.
 */
final class NewestToken implements Fix {

  private static final String ACTION = "replayed the request with the newest token";

  private final InstantSource clock;
  private final Users users;

  NewestToken(InstantSource clock, Users users) {
    this.clock = clock;
    this.users = users;
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
    if (!isStale(exchange, server)) {
      return null;
    }
    RequestHead request = exchange.request();
    if (!server.isAt(request.url())) {
      return new Plan.Skip(
          ACTION, "the answer came from another URL than the server's: a redirect");
    }
    List<String> carried = request.headers().all("Authorization");
    if (carried.size() > 1) {
      return new Plan.Skip(ACTION, "the request carries more than one credential");
    }
    if (SignedRequest.is(request)) {
      return new Plan.Skip(
          ACTION, "the token is bound to a proof that only your application can make");
    }
    AccessToken token = replacement(exchange, server, carried.isEmpty() ? null : carried.get(0));
    if (token == null) {
      return new Plan.Skip(ACTION, whyNot(server, carried));
    }
    if (!token.isBearer()) {
      return new Plan.Skip(
          ACTION, "the token is bound to a proof that only your application can make");
    }
    if (!token.isValid(clock.instant()) || !token.isKnown()) {
      return new Plan.Skip(ACTION, "the newest token has expired");
    }
    Headers headers = request.headers().with("Authorization", token.authorization());
    return new Plan.Send(ACTION, request.withHeaders(headers), null, true, Continuation.TAKE);
  }

  private @Nullable AccessToken replacement(
      Exchange exchange, McpServer server, @Nullable String carried) {
    Tokens tokens = server.tokens();
    boolean lacksScope = BearerChallenge.lacksScope(exchange);
    AccessToken successor = tokens.successor(carried, exchange, lacksScope);
    boolean nobodys =
        carried == null
            ? !isSomebodys(exchange.request())
            : isBearer(carried) && !tokens.isKnown(carried);
    return successor == null && nobodys && isOneUsers() && !lacksScope
        ? tokens.ofOnlyLogin()
        : successor;
  }

  /** Whether a request without a token says otherwise who sends it. */
  private static boolean isSomebodys(RequestHead request) {
    for (FormParameters.Parameter each : FormParameters.of(request.url())) {
      if (Credentials.ofParameter(each.name()).isAtLeast(Credentials.Level.CERTAIN)) {
        return true;
      }
    }
    return Credentials.carriedBy(request) || request.url().getRawUserInfo() != null;
  }

  private boolean isOneUsers() {
    return users == Users.ONE;
  }

  private static boolean isBearer(String authorization) {
    return authorization.strip().regionMatches(true, 0, "Bearer ", 0, 7);
  }

  private String whyNot(McpServer server, List<String> carried) {
    if (!server.tokens().isNewestOurs()) {
      return "it is not known whether the newest token is for this server";
    }
    if (!carried.isEmpty() && server.tokens().isKnown(carried.get(0))) {
      return "there is no newer token of the same login; another login may be another user's";
    }
    String request = carried.isEmpty() ? "it carries no token" : "its token's login was not seen";
    return isOneUsers()
        ? "this server was given tokens of more than one login; " + request
        : request + ", so whose request it is only your application knows (see mcpauth.users)";
  }
}
