package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.reading.Exchanges;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Opens a new session in the host's name and sends the refused request in it: {@code initialize}
 * with the host's own parameters, {@code notifications/initialized}, then the request. The host
 * keeps the id that it has; {@link ServersSession} translates from then on.
 */
final class NewSession implements Fix {

  private static final String ACTION = "opened a new session and sent the request in it";
  private static final byte[] INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
          .getBytes(StandardCharsets.US_ASCII);

  private final String rule;

  /**
   * @param rule {@code stale-session-after-auth} (another token than the session's) or {@code
   *     session-lost}
   */
  NewSession(String rule) {
    this.rule = rule;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return SessionRefusal.of(exchange);
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    if (!SessionRefusal.of(exchange)
        || !exchange.request().method().equals("POST")
        || isAfterLogin(exchange, server) != rule.equals(RuleNames.STALE_SESSION_AFTER_AUTH)) {
      return null;
    }
    String id = exchange.request().headers().first("Mcp-Session-Id");
    String why = SessionRefusal.proof(exchange, server);
    if (id == null || why == null) {
      return null; // Nothing says that the session is at fault.
    }
    Origin origin = server.origin();
    if (origin == null || !origin.contains(exchange.request().url())) {
      return new Plan.Skip(ACTION, "the answer came from another origin than the server's");
    }
    byte[] initialize = server.sessions().initialize(id);
    if (initialize == null) {
      return new Plan.Skip(ACTION, "the host's initialize was not seen");
    }
    String renewed = server.sessions().renewedAs(id);
    if (renewed != null && !renewed.equals(id)) {
      return send(exchange, renewed, Continuation.TAKE); // Another call was quicker.
    }
    RequestHead head = exchange.request();
    Headers opening =
        head.headers().without("Mcp-Session-Id").without("Last-Event-ID").without("Content-Length");
    return new Plan.Send(
        ACTION,
        head.withHeaders(opening),
        initialize,
        true,
        (answer, now) -> opened(exchange, answer, now, id));
  }

  /** Whether the session was opened with another token than the request carries. */
  private static boolean isAfterLogin(Exchange exchange, McpServer server) {
    McpSession session =
        server.sessions().with(exchange.request().headers().first("Mcp-Session-Id"));
    String token = Digest.of(Exchanges.bearer(exchange));
    return session != null && token != null && !token.equals(session.token());
  }

  private static Plan opened(Exchange refused, Exchange answer, McpServer server, String id) {
    String opened = answer.responseHeaders().first("Mcp-Session-Id");
    if (answer.status() != 200) {
      return new Plan.Skip(ACTION, "the server answered initialize with " + answer.status());
    }
    if (opened == null) {
      return new Plan.Skip(ACTION, "the server opened no session");
    }
    server.sessions().renew(id, opened);
    RequestHead head = refused.request();
    return new Plan.Send(
        ACTION,
        head.withHeaders(head.headers().with("Mcp-Session-Id", opened)),
        INITIALIZED,
        true,
        (accepted, now) ->
            accepted.status() >= 300
                ? new Plan.Skip(ACTION, "the server answered initialized with " + accepted.status())
                : send(refused, opened, Continuation.TAKE));
  }

  private static Plan.Send send(Exchange refused, String session, Continuation then) {
    RequestHead head = refused.request();
    return new Plan.Send(
        ACTION,
        head.withHeaders(head.headers().with("Mcp-Session-Id", session)),
        refused.requestBody().bytes(),
        true,
        then);
  }
}
