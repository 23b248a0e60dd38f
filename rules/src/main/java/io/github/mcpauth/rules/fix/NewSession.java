package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.Identity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.knowledge.Renewals;
import io.github.mcpauth.rules.reading.Senders;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a new session in the host's name: {@code initialize} with the host's own parameters, {@code
 * notifications/initialized}, and then the refused request where it was not dispatched; else the
 * host gets its answer, and only the calls that follow are in the new session. The host keeps the
 * id that it has; {@link RenewedSession} translates from then on. A session that turns out to be of
 * no use is closed.
 */
final class NewSession implements Fix {

  private static final String ACTION = "opened a new session and sent the request in it";
  private static final String FOR_LATER =
      "opened a new session for the calls that follow; this one may have run, and is not repeated";
  private static final byte[] INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
          .getBytes(StandardCharsets.US_ASCII);

  private static final List<String> OF_ONE_REQUEST =
      List.of(
          "Content-Encoding",
          "Content-Length",
          "Expect",
          "Idempotency-Key",
          "Last-Event-ID",
          "X-Idempotency-Key");

  private final String rule;
  private final InstantSource clock;

  /**
   * @param rule {@code stale-session-after-auth} (another token than the session's) or {@code
   *     session-lost}
   */
  NewSession(String rule, InstantSource clock) {
    this.rule = rule;
    this.clock = clock;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public int requests() {
    return 3;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return SessionRefusal.of(exchange);
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    String id = exchange.sessionId();
    if (id == null
        || !exchange.request().method().equals("POST")
        || SessionRefusal.reason(exchange, server) == null
        || isAfterLogin(exchange, server) != rule.equals(RuleNames.STALE_SESSION_AFTER_AUTH)) {
      return null;
    }
    boolean repeats = NotDispatched.mayRepeat(exchange);
    String action = repeats ? ACTION : FOR_LATER;
    if (!server.speaksAt(exchange.request().url())) {
      return new Plan.Skip(action, "the answer came from another origin or server");
    }
    if (SignedRequest.is(exchange.request())) {
      return new Plan.Skip(action, Repetition.SIGNED);
    }
    Renewals renewals = server.sessions().renewals();
    Identity who = Senders.of(exchange.request());
    if (renewals.isAnothers(id, who)) {
      return new Plan.Skip(action, "the session was renewed for another login");
    }
    String renewed = renewals.as(id, who);
    if (renewed != null && !renewed.equals(id)) { // Another call was quicker.
      return repeats
          ? again(exchange, renewed)
          : new Plan.Skip(action, "there is a new session already, and this call may have run");
    }
    byte[] initialize = server.sessions().initialize(id);
    if (initialize == null) {
      return new Plan.Skip(action, "your application's initialize was not seen");
    }
    if (renewals.isShortLived(id, clock.instant())) {
      return close(exchange, id, "the server has forgotten the session that was opened for it");
    }
    return renewals.pauses(clock.instant())
        ? new Plan.Skip(action, "the last session that was opened was of no use: not again yet")
        : open(exchange, initialize, id);
  }

  /** Whether the session was opened with another token than the request carries. */
  private static boolean isAfterLogin(Exchange exchange, McpServer server) {
    McpSession session = server.sessions().with(exchange.sessionId());
    String token = Digest.of(exchange.bearerToken());
    return session != null && token != null && !token.equals(session.token());
  }

  private Plan open(Exchange refused, byte[] initialize, String id) {
    RequestHead head = ofAnother(refused.request());
    return new Plan.Send(
        NotDispatched.mayRepeat(refused) ? ACTION : FOR_LATER,
        head.withHeaders(head.headers().without("Mcp-Session-Id")),
        initialize,
        false,
        (answer, server) -> opened(refused, answer, id));
  }

  private Plan opened(Exchange refused, Exchange answer, String id) {
    String opened = answer.responseHeaders().first("Mcp-Session-Id");
    if (answer.status() != 200) {
      return new Plan.Skip(ACTION, "the server answered initialize with " + answer.status());
    }
    if (opened == null) {
      return new Plan.Skip(ACTION, "the server opened no session");
    }
    return new Plan.Send(
        ACTION,
        ofAnother(in(opened, refused)),
        INITIALIZED,
        false,
        (accepted, server) -> accepted(refused, accepted, server, id, opened));
  }

  private Plan accepted(
      Exchange refused, Exchange accepted, McpServer server, String id, String opened) {
    if (accepted.status() >= 300) {
      return close(refused, opened, "the server answered initialized with " + accepted.status());
    }
    server.sessions().renewals().opened(id, opened, Senders.of(refused.request()), clock.instant());
    return NotDispatched.mayRepeat(refused)
        ? again(refused, opened)
        : new Plan.Act(FOR_LATER, asItCame(refused));
  }

  /** Ends a session that is of no use, at whichever replica knows it (MCP: Session Management). */
  private Plan close(Exchange refused, String session, String why) {
    RequestHead head = ofAnother(in(session, refused));
    RequestHead delete =
        new RequestHead(
            "DELETE", head.url(), head.headers().without("Content-Type"), head.version());
    return new Plan.Send(
        ACTION,
        delete,
        null,
        false,
        (answer, server) -> {
          server.sessions().renewals().abandoned(session, clock.instant());
          return new Plan.Skip(ACTION, why + ": closed it");
        });
  }

  private static Plan.Send again(Exchange refused, String session) {
    return new Plan.Send(
        ACTION, in(session, refused), refused.requestBody().bytes(), true, Continuation.TAKE);
  }

  /**
   * The head without what is the refused request's alone. Under its key a server would keep the
   * answer to another one for it (draft-ietf-httpapi-idempotency-key-header §2.6).
   */
  private static RequestHead ofAnother(RequestHead refused) {
    Headers headers = refused.headers();
    for (String each : OF_ONE_REQUEST) {
      headers = headers.without(each);
    }
    return refused.withHeaders(headers);
  }

  private static RequestHead in(String session, Exchange refused) {
    RequestHead head = refused.request();
    return head.withHeaders(head.headers().with("Mcp-Session-Id", session));
  }

  private static ResponseDecision asItCame(Exchange refused) {
    ResponseHead response = refused.response();
    return response == null
        ? ResponseDecision.DELIVER_AS_IS
        : new ResponseDecision.Answer(response, refused.responseBody().bytes());
  }
}
