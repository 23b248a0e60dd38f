package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session is refused with its first request: the one that opened it and the one that refuses it
 * are not the same server, or the session's header does not arrive. A request that was taken in the
 * session disproves it, and so does another token than the one that opened it.
 */
public final class SessionNeverAccepted implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "session-never-accepted",
              "A session is refused right after it was opened",
              Severity.ERROR,
              Actor.NETWORK,
              "MCP 2025-11-25, Transports: Session Management",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    String id = exchange.sessionId();
    String cause = id == null ? withoutId(exchange, server) : cause(exchange, server, id);
    if (cause == null) {
      return;
    }
    if (exchange.status() == 404) {
      // So a session ends; a server that was just restarted takes the next one.
      report.suspect(
          INFO.name(),
          Duration.ofSeconds(2),
          now ->
              now.progress().connectedBy() > exchange.id() ? null : finding(cause, exchange, now));
    } else {
      report.found(finding(cause, exchange, server));
    }
  }

  private static Finding finding(String cause, Exchange exchange, McpServer server) {
    String id = exchange.sessionId();
    McpSession session = server.sessions().with(id == null ? null : single(id));
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .confidence(Confidence.LIKELY)
            .actor(
                cause.equals("cookie-not-returned") || cause.equals("header-not-sent")
                    ? Actor.HOST
                    : cause.equals("header-twice") ? Actor.MCP_SERVER : Actor.NETWORK)
            .message(
                (session == null
                        ? "The server asks for a session"
                        : "The session that exchange "
                            + session.exchangeId()
                            + " opened was refused")
                    + " with "
                    + exchange.status()
                    + (session == null ? "" : ", at its first request")
                    + inWords(cause, server, session))
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    steps(cause, finding);
    return finding.build();
  }

  private static @Nullable String cause(Exchange exchange, McpServer server, String id) {
    McpSession session = server.sessions().with(single(id));
    boolean post = McpRequest.isMessage(exchange);
    boolean refused =
        SessionRefusal.of(exchange)
            && (exchange.status() == 404
                ? RpcError.code(exchange) != -32601
                : SessionRefusal.says(exchange));
    boolean sameToken =
        session != null && Objects.equals(session.token(), Digest.of(exchange.bearerToken()));
    if (!post || !refused || !sameToken || server.sessions().everWorked(id)) {
      return null;
    }
    if (!id.equals(single(id))) {
      return "header-twice";
    }
    if (saysHeaderIsMissing(exchange)) {
      return "header-stripped";
    }
    boolean sticky = session != null && server.sessions().cookie(id) != null;
    return sticky && !exchange.request().headers().has("Cookie")
        ? "cookie-not-returned"
        : "replicas";
  }

  /** The id that a client joined with itself (RFC 9110 §5.3), where the answer had it twice. */
  private static String single(String id) {
    int comma = id.indexOf(',');
    String first = comma < 0 ? id : id.substring(0, comma).strip();
    return comma > 0 && first.equals(id.substring(comma + 1).strip()) ? first : id;
  }

  /** None was given with the answer to initialize, or something took it away. */
  private static @Nullable String withoutId(Exchange exchange, McpServer server) {
    int status = exchange.status();
    boolean follows =
        McpRequest.isMessage(exchange)
            && !McpRequest.connects(exchange)
            && server.progress().everConnected();
    if (!follows) {
      return null;
    }
    if (server.sessions().newest() == null) {
      return status == 400 && saysHeaderIsMissing(exchange) ? "header-stripped" : null;
    }
    // 401 where nobody logs in: servers of one SDK answer so.
    boolean refused =
        status == 400
            || status == 404
            || status == 422
            || (status == 401 && !exchange.responseHeaders().has("WWW-Authenticate"));
    boolean speaks =
        saysHeaderIsMissing(exchange)
            || SessionRefusal.saysPlainly(exchange)
            || SessionRefusal.takesForFirst(exchange);
    return refused && speaks ? "header-not-sent" : null;
  }

  private static boolean saysHeaderIsMissing(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    return text.contains("session")
        && (text.contains("required")
            || text.contains("missing")
            || text.contains("no session id")
            || text.contains("must be provided")
            || text.contains("not provided"));
  }

  private static String inWords(String cause, McpServer server, @Nullable McpSession session) {
    return switch (cause) {
      case "cookie-not-returned" ->
          ". The answer that opened it set a cookie"
              + (session == null ? "" : " (" + server.sessions().cookie(session.id()) + ")")
              + " that keeps a client with one server (stickiness), and the request came without any"
              + " cookie: it reached another one.";
      case "header-twice" ->
          ". The answer that opened it had the header Mcp-Session-Id twice, and your application"
              + " joined both to one id, as HTTP allows: the server does not know that one.";
      case "header-not-sent" ->
          ". The answer to initialize named one (Mcp-Session-Id), and your application did not send"
              + " it with this request.";
      case "header-stripped" ->
          ", which says that the session id is missing: something on the way takes the header"
              + " Mcp-Session-Id away.";
      default ->
          ": probably several servers (replicas) answer at this URL, and each knows only its own"
              + " sessions. One that forgets at once what it opened looks the same.";
    };
  }

  static void steps(String cause, FindingBuilder finding) {
    switch (cause) {
      case "cookie-not-returned" ->
          finding
              .step(
                  "Your application: keep cookies: java.net.http HttpClient.newBuilder().cookieHandler(new"
                      + " CookieManager()), OkHttp OkHttpClient.Builder.cookieJar(...)")
              .step("Network: or route by the header Mcp-Session-Id instead of a cookie");
      case "header-twice" ->
          finding.step(
              "MCP server: send Mcp-Session-Id once; a proxy or a second filter may add the other"
                  + " one");
      case "header-not-sent" ->
          finding.step(
              "Your application: send the Mcp-Session-Id that came with the answer to initialize"
                  + " with every request after it; SDKs do so by themselves");
      case "header-stripped" ->
          finding
              .step(
                  "Network: let the proxy or gateway pass Mcp-Session-Id in both directions, also"
                      + " through CORS and header lists")
              .step("MCP server: check that it reads the header without regard to case");
      default ->
          finding
              .step(
                  "Network: route requests of one session to the server that opened it (affinity by"
                      + " the header Mcp-Session-Id), or run one replica")
              .step(
                  "MCP server: keep sessions in a store that all replicas share, or use none; with one"
                      + " replica, see in its log why the session is gone");
    }
  }
}
