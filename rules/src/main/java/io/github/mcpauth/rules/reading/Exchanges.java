package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What rules ask of an exchange. */
public final class Exchanges {

  private static final int MOST_TEXT = 4096;

  public static boolean isMcp(Exchange exchange) {
    return exchange.role() == Role.MCP;
  }

  /** An MCP request that carries a message, as opposed to a stream or the end of a session. */
  public static boolean isMessage(Exchange exchange) {
    return isMcp(exchange) && exchange.request().method().equals("POST");
  }

  /** A GET that opens a stream of the server. */
  public static boolean isStream(Exchange exchange) {
    return isMcp(exchange) && exchange.request().method().equals("GET");
  }

  public static boolean connects(Exchange exchange) {
    return isMcp(exchange) && McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
  }

  /** Whether a request may change something when it runs, so that it must not run twice. */
  public static boolean mayAct(Exchange exchange) {
    Body body = exchange.requestBody();
    if (!body.isWhole()) {
      return true;
    }
    List<JsonRpcMessage> messages = JsonRpc.parse(body.bytes());
    for (JsonRpcMessage message : messages) {
      if (message.method() == null || !Reading.METHODS.matcher(message.method()).matches()) {
        return true;
      }
    }
    return messages.isEmpty() && !body.isEmpty();
  }

  /** Methods that change nothing; made when first asked for, which most exchanges do not. */
  private static final class Reading {
    static final Pattern METHODS =
        Pattern.compile(
            "initialize|ping|server/discover|[a-z/]+/list|resources/read|prompts/get"
                + "|completion/complete|notifications/.+");
  }

  /** The token in {@code Authorization: Bearer …}, or null. */
  public static @Nullable String bearer(Exchange exchange) {
    return Authorization.bearer(exchange.request());
  }

  public static @Nullable String session(Exchange exchange) {
    return exchange.request().headers().first("Mcp-Session-Id");
  }

  public static Challenges challenges(Exchange exchange) {
    ResponseHead response = exchange.response();
    return Challenges.parse(
        response == null ? List.of() : response.headers().all("WWW-Authenticate"));
  }

  /** The {@code error} of the Bearer challenge (RFC 6750 §3.1), or null. */
  public static @Nullable String challengeError(Exchange exchange) {
    Challenge bearer = challenges(exchange).bearer();
    return bearer == null ? null : bearer.parameter("error");
  }

  /**
   * Whether the server wants a token with more scopes (RFC 6750 §3.1): by its error, or because a
   * 403 to a token names scopes, whatever the error.
   */
  public static boolean lacksScope(Exchange exchange) {
    Challenge bearer = challenges(exchange).bearer();
    return bearer != null
        && ("insufficient_scope".equals(bearer.parameter("error"))
            || (exchange.status() == 403
                && bearer.parameter("scope") != null
                && bearer(exchange) != null));
  }

  /** Whether the server wants another kind of login than the token is of (RFC 9470 §3). */
  public static boolean wantsStrongerLogin(Exchange exchange) {
    return "insufficient_user_authentication".equals(challengeError(exchange));
  }

  /** An MCP request refused with 401 or 403, and not for want of a scope. */
  public static boolean isTokenRefused(Exchange exchange) {
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    return refused && isMcp(exchange) && !lacksScope(exchange) && !wantsStrongerLogin(exchange);
  }

  /** What was kept of the answer's beginning, in lower case. */
  public static String text(Exchange exchange) {
    byte[] bytes = exchange.responseBody().bytes();
    int length = Math.min(bytes.length, MOST_TEXT);
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether the answer is a page, by its type or its first characters. */
  public static boolean isHtml(Exchange exchange) {
    ResponseHead response = exchange.response();
    if (response == null) {
      return false;
    }
    String media = response.mediaType();
    return "text/html".equals(media)
        || "application/xhtml+xml".equals(media)
        || ((media == null || !media.contains("json")) && startsLikeHtml(text(exchange)));
  }

  private static boolean startsLikeHtml(String text) {
    return text.startsWith("<!doctype html") || text.startsWith("<html");
  }

  public static boolean isJson(Exchange exchange) {
    ResponseHead response = exchange.response();
    String media = response == null ? null : response.mediaType();
    return media != null && media.contains("json");
  }

  /** The JSON-RPC error in the answer, or null. */
  public static @Nullable JsonRpcMessage rpcError(Exchange exchange) {
    if (exchange.responseBody().isEmpty()) {
      return null;
    }
    for (JsonRpcMessage message : JsonRpc.parse(exchange.responseBody().bytes())) {
      if (message.kind() == JsonRpcMessage.Kind.ERROR) {
        return message;
      }
    }
    return null;
  }

  /** The code of the JSON-RPC error in the answer; 0 where there is none. */
  public static int rpcCode(Exchange exchange) {
    JsonRpcMessage error = rpcError(exchange);
    Integer code = error == null ? null : error.errorCode();
    return code == null ? 0 : code;
  }

  /** The status line in words: {@code 401}, or the failure. */
  public static String answer(Exchange exchange) {
    var failure = exchange.failure();
    return failure != null && exchange.response() == null
        ? failure.kind().name().toLowerCase(Locale.ROOT)
        : String.valueOf(exchange.status());
  }

  /** Whose server an exchange is with: the MCP server also serves its resource's metadata. */
  public static Actor party(Exchange exchange) {
    return switch (exchange.role()) {
      case MCP, PROTECTED_RESOURCE_METADATA, OTHER -> Actor.MCP_SERVER;
      default -> Actor.AUTHORIZATION_SERVER;
    };
  }

  private Exchanges() {}
}
