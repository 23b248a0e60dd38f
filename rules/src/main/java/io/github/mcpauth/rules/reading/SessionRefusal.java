package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.mcp.Era;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells whether an answer may refuse the session that a request names. */
public final class SessionRefusal {

  /** A request in a session, of the era that has them, refused with a status that servers use. */
  public static boolean of(Exchange exchange) {
    int status = exchange.status();
    return (status == 400 || status == 401 || status == 403 || status == 404 || status == 500)
        && Exchanges.isMcp(exchange)
        && Exchanges.session(exchange) != null
        && !exchange.request().method().equals("DELETE")
        && Era.of(exchange.request(), exchange.requestBody()) != Era.STATELESS
        && !Exchanges.lacksScope(exchange);
  }

  /** Whether the answer says that the session is at fault. */
  public static boolean says(Exchange exchange) {
    String text = Exchanges.text(exchange);
    boolean speaks =
        exchange.status() == 500 ? SessionWords.refuse(text) : text.contains("session");
    return speaks && !text.contains("protocol version");
  }

  /**
   * Whether it says so in a way that leaves no doubt that a call was not run: a 500 may as well
   * tell of a tool's own session, from the middle of the call (-32603: an exception of the
   * handler).
   */
  private static boolean saysBeforeCalling(Exchange exchange) {
    if (exchange.status() != 500) {
      return SessionWords.refuse(Exchanges.text(exchange));
    }
    JsonRpcMessage error = Exchanges.rpcError(exchange);
    String message = error == null ? Exchanges.text(exchange) : error.errorMessage();
    return message != null
        && Exchanges.rpcCode(exchange) != -32603
        && SessionWords.onlyRefuse(message.toLowerCase(Locale.ROOT));
  }

  /**
   * Why the session is at fault rather than anything else, in words; null where nothing says so. A
   * server that refuses a session has not run the request.
   */
  public static @Nullable String proof(Exchange exchange, McpServer server) {
    String id = Exchanges.session(exchange);
    if (id == null || !of(exchange)) {
      return null;
    }
    int status = exchange.status();
    boolean acts = Exchanges.mayAct(exchange);
    boolean says = says(exchange) && (!acts || saysBeforeCalling(exchange));
    if (status == 404) {
      boolean ofCall = acts && !says && Exchanges.rpcError(exchange) != null;
      boolean other = Exchanges.rpcCode(exchange) == -32601 || Exchanges.isHtml(exchange);
      return other || ofCall ? null : "404 to a session";
    }
    if (says) {
      return "the answer speaks of the session";
    }
    boolean known = server.sessions().hasWorked(id) || server.sessions().with(id) != null;
    if (status == 400) {
      return known && exchange.responseBody().isEmpty() ? "400 to a session that worked" : null;
    }
    AccessToken newest = server.newestToken();
    McpSession session = server.sessions().with(id);
    boolean after =
        (status == 401 || status == 403)
            && session != null
            && newest != null
            && newest.isIn(exchange.request().headers().first("Authorization"))
            && !Objects.equals(newest.digest(), session.token());
    return after ? "a session of another token" : null;
  }

  private SessionRefusal() {}
}
