package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.mcp.Era;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether an answer may refuse the session that a request names. */
public final class SessionRefusal {

  /** Of the transports of the SDKs (TypeScript, Python, C#); JSON-RPC 2.0 §5.1. */
  private static final Set<Integer> TRANSPORT_CODES = Set.of(-32000, -32001, -32600);

  /** The words of the SDKs (TypeScript, Python, Rust) and of servers like them. */
  private static final String[] NOT_INITIALIZED = {
    "not initialized",
    "before initialization",
    "expect initialize request",
    "expected initialize",
    "must be initialize",
    "must be an initialize"
  };

  /** A request in a session, of the era that has them, refused with a status that servers use. */
  public static boolean of(Exchange exchange) {
    int status = exchange.status();
    return isOne(status)
        && exchange.isMcp()
        && exchange.sessionId() != null
        && !exchange.request().method().equals("DELETE")
        && Era.of(exchange.request(), exchange.requestBody()) != Era.STATELESS
        && !(status == 404
            && AnswerBody.isHtml(exchange)
            && !says(exchange)) // A route that is gone.
        && !BearerChallenge.lacksScope(exchange);
  }

  private static boolean isOne(int status) {
    return switch (status) {
      case 400, 401, 403, 404, 410, 422, 500 -> true;
      default -> false;
    };
  }

  /** Whether an error says that the server does not know the session, or any. */
  public static boolean isSaidIn(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    return saysNotInitialized(text) || SessionWords.refuse(text);
  }

  /**
   * Whether the error that answers a call with a status of success, or an event in its place, says
   * that the server does not know the session any more.
   */
  public static boolean isOfCall(Call call, Exchange exchange, McpServer server) {
    boolean failed =
        call.end() == Call.End.ERROR || (call.complaint() != null && call.isUnanswered());
    return failed
        && exchange.status() < 300
        && server.sessions().everWorked(exchange.sessionId())
        && isSaidIn(call.said());
  }

  /**
   * Whether a text, in lower case, is what a server says that takes a request for the first of a
   * session.
   */
  public static boolean saysNotInitialized(String text) {
    for (String each : NOT_INITIALIZED) {
      if (text.contains(each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it refuses a request with 400 or 422 as one of a session that was never opened. */
  public static boolean takesForFirst(Exchange exchange) {
    return (exchange.status() == 400 || exchange.status() == 422)
        && saysNotInitialized(AnswerBody.text(exchange));
  }

  /** Whether the answer says that the session is at fault. */
  public static boolean says(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    boolean speaks =
        exchange.status() == 500 || exchange.status() == 422
            ? SessionWords.refuse(text)
            : text.contains("session");
    return speaks && !text.contains("protocol version");
  }

  /** Whether the answer says that the server does not take the session, in so many words. */
  public static boolean saysPlainly(Exchange exchange) {
    return SessionWords.refuse(AnswerBody.text(exchange));
  }

  /**
   * Whether a JSON-RPC error is one with which a transport refuses a session: it uses a code that
   * handlers of requests do not (-32603 is their exception), and says this and nothing else.
   */
  public static boolean isTransportError(JsonRpcMessage error) {
    Integer code = error.errorCode();
    String message = error.errorMessage();
    return code != null
        && TRANSPORT_CODES.contains(code)
        && message != null
        && SessionWords.onlyRefuse(message.toLowerCase(Locale.ROOT));
  }

  /**
   * Why the session is at fault rather than anything else, in words; null where nothing says so.
   * Grounds for a new session, not for a repetition: a call may have run before its answer spoke of
   * a session, or failed with a 404 of its own.
   */
  public static @Nullable String reason(Exchange exchange, McpServer server) {
    String id = exchange.sessionId();
    if (id == null || !of(exchange)) {
      return null;
    }
    boolean calls = McpRequest.mayAct(exchange);
    if (exchange.status() == 404) {
      return notFound(exchange, calls);
    }
    if (calls ? saysNothingElse(exchange) : says(exchange)) {
      return "the answer speaks of the session";
    }
    boolean forgot = server.sessions().everWorked(id) && takesForFirst(exchange);
    if (forgot && !calls) {
      return "the answer says that there was no initialize";
    }
    if (exchange.status() == 400) {
      boolean known = server.sessions().hasWorked(id) || server.sessions().with(id) != null;
      boolean silent = known && exchange.responseBody().isEmpty();
      return silent ? "400 to a session that worked" : null;
    }
    return isOfAnotherToken(exchange, server, id) ? "a session of another token" : null;
  }

  private static @Nullable String notFound(Exchange exchange, boolean calls) {
    JsonRpcMessage error = RpcError.of(exchange);
    boolean other =
        AnswerBody.isHtml(exchange)
            || (error != null && (calls ? !isTransportError(error) : isUnknownMethod(error)));
    boolean silent = exchange.responseBody().isEmpty();
    boolean ofSession = !calls || silent || error != null || saysNothingElse(exchange);
    return other || !ofSession ? null : "404 to a session";
  }

  private static boolean isUnknownMethod(JsonRpcMessage error) {
    String message = error.errorMessage();
    boolean session =
        message != null && SessionWords.onlyRefuse(message.toLowerCase(Locale.ROOT)); // Quarkus
    return Integer.valueOf(-32601).equals(error.errorCode()) && !session;
  }

  /** Whether the answer to a call speaks of the session, and of nothing that the call may do. */
  private static boolean saysNothingElse(Exchange exchange) {
    JsonRpcMessage error = RpcError.of(exchange);
    return error == null
        ? SessionWords.onlyRefuse(AnswerBody.text(exchange))
        : isTransportError(error);
  }

  private static boolean isOfAnotherToken(Exchange exchange, McpServer server, String id) {
    AccessToken newest = server.newestToken();
    McpSession session = server.sessions().with(id);
    return (exchange.status() == 401 || exchange.status() == 403)
        && session != null
        && newest != null
        && newest.isIn(exchange.request().headers().first("Authorization"))
        && !Objects.equals(newest.digest(), session.token());
  }

  private SessionRefusal() {}
}
