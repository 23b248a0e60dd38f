package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.Challenges;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a 403 means. The specification reserves it for missing permissions (MCP authorization, Error
 * Handling), but servers use it for missing credentials, and firewalls and Host/Origin checks for
 * their own purposes.
 */
public enum Refusal {
  /** A Bearer challenge, or resource metadata that was found: the server wants a login. */
  WANTS_LOGIN,
  /** The answer speaks of authentication. */
  SPEAKS_OF_LOGIN,
  /** Nothing tells, and nothing contradicts. */
  UNEXPLAINED,
  /** A firewall, bot check or gateway in front of the server. */
  BLOCKED_IN_FRONT,
  /** The server's protection against DNS rebinding. */
  HOST_OR_ORIGIN,
  /** Words that are known, and mean something else than a login. */
  KNOWN_OTHERWISE,
  /** The request carried a credential: it was judged, not missed. */
  CREDENTIAL_REJECTED,
  /** Not a request that opens the connection. */
  LATER;

  private static final Set<String> HOST_OR_ORIGIN_CAUSES = Set.of("host-not-allowed", "cors");

  private static final String[] LOGIN_WORDS = {
    "authenticat", "unauthorized", "log in", "login", "sign in", "token", "credential", "not logged"
  };

  /** Reads a 403, with as much of its body as is known. */
  public static Refusal of(Exchange exchange, @Nullable McpServer server) {
    ResponseHead response = exchange.response();
    if (response == null || !opensConnection(exchange, server)) {
      return LATER;
    }
    if (Credentials.carriedBy(exchange.request())) {
      return CREDENTIAL_REJECTED;
    }
    Challenges challenges = Challenges.in(response.headers());
    if (challenges.bearer() != null) {
      return WANTS_LOGIN;
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && HOST_OR_ORIGIN_CAUSES.contains(words.cause())) {
      return HOST_OR_ORIGIN;
    }
    if (words != null && (!words.isOfCredential() || isPermissionOfProduct(words))) {
      return KNOWN_OTHERWISE;
    }
    String text = text(exchange);
    if (isEdge(response, text, true)) {
      return BLOCKED_IN_FRONT;
    }
    if (speaksOfHostOrOrigin(text)) {
      return HOST_OR_ORIGIN;
    }
    if (server != null && server.resourceMetadata() != null) {
      return WANTS_LOGIN;
    }
    return speaksOfLogin(text) ? SPEAKS_OF_LOGIN : UNEXPLAINED;
  }

  /** A gateway's policy, where the server behind it is not asked at all. */
  private static boolean isPermissionOfProduct(Wording words) {
    return words.isOfVendor() && words.cause().equals("permission");
  }

  /** Whether it means "log in" rather than anything else, as far as one can tell. */
  public boolean meansLogin() {
    return this == WANTS_LOGIN || this == SPEAKS_OF_LOGIN || this == UNEXPLAINED;
  }

  /** Whether an answer comes from something in front of the server. */
  public static boolean isEdge(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && isEdge(response, text(exchange), false);
  }

  /** Whether an answer of success is an edge's challenge to a browser (AWS WAF sends 202). */
  public static boolean asksForBrowser(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null
        && response.status() < 300
        && response.headers().has("x-amzn-waf-action");
  }

  /** Whether an edge asks for a browser, whatever the status (Cloudflare 403, Vercel 429). */
  public static boolean isBrowserCheck(Exchange exchange) {
    return "challenge".equals(exchange.responseHeaders().first("cf-mitigated"))
        || "challenge".equals(exchange.responseHeaders().first("x-vercel-mitigated"));
  }

  private static boolean opensConnection(Exchange exchange, @Nullable McpServer server) {
    boolean connected = server != null && server.progress().everConnected();
    return McpMethods.isConnect(McpMethods.of(exchange.requestBody()))
        || (exchange.request().method().equals("GET") && !connected);
  }

  private static boolean isEdge(ResponseHead response, String text, boolean anyPage) {
    Headers headers = response.headers();
    String server = lower(headers.first("Server"));
    boolean html =
        "text/html".equals(response.mediaType())
            || text.startsWith("<!doctype html")
            || text.startsWith("<html");
    return (anyPage && html)
        || headers.has("cf-mitigated")
        || headers.has("x-vercel-mitigated")
        || headers.has("x-amzn-waf-action")
        || headers.has("x-amzn-errortype")
        || headers.has("x-akamai-request-id")
        || headers.has("x-sucuri-id")
        || headers.has("x-iinfo")
        || server.startsWith("awselb")
        || server.startsWith("cloudfront")
        || server.startsWith("akamaighost")
        || text.contains("attention required! | cloudflare")
        || text.contains("just a moment");
  }

  /** Whether an answer says that the Host or Origin header is at fault. */
  public static boolean speaksOfHostOrOrigin(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    boolean otherwise = words != null && words.isOfVendor();
    return (words != null && HOST_OR_ORIGIN_CAUSES.contains(words.cause()))
        || (!otherwise && speaksOfHostOrOrigin(text(exchange)));
  }

  /** Whether a text, in lower case, says that the Host or Origin header is at fault. */
  public static boolean speaksOfHostOrOrigin(String text) {
    return text.contains("host header")
        || text.contains("invalid host")
        || text.contains("invalid origin")
        || text.contains("origin header")
        || text.contains("origin not allowed")
        || text.contains("host not allowed")
        || text.contains("dns rebinding");
  }

  private static boolean speaksOfLogin(String text) {
    for (String word : LOGIN_WORDS) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Exchange exchange) {
    return AnswerBody.text(exchange);
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
