package io.github.mcpauth.rules.mcp;

import io.github.mcpauth.rules.http.Body;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the JSON-RPC method of a body without parsing it, since it is asked on the host's thread of
 * every candidate: a scan for the member, good enough to recognise, not to judge.
 */
public final class McpMethods {

  private static final byte[] JSONRPC = "\"jsonrpc\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] METHOD = "\"method\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_METHOD = 64;

  private static final String[] NAMESPACES = {
    "tools/",
    "resources/",
    "prompts/",
    "notifications/",
    "completion/",
    "logging/",
    "roots/",
    "sampling/",
    "elicitation/",
    "subscriptions/",
    "tasks/",
    "server/discover"
  };

  /**
   * Whether the body is a JSON-RPC message, or a batch of them: what begins like one, and has the
   * member where a message has it, not somewhere inside of something else.
   */
  public static boolean isJsonRpc(Body body) {
    byte[] bytes = body.bytes();
    int from = indexOf(bytes, JSONRPC, 0);
    int start = skipSpace(bytes, 0);
    if (from < 0 || (bytes[start] != '{' && bytes[start] != '[')) {
      return false;
    }
    int wanted = bytes[start] == '[' ? 2 : 1;
    int depth = 0;
    for (int i = start; i < bytes.length; i++) {
      switch (bytes[i]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          if (depth == wanted && startsWith(bytes, JSONRPC, i)) {
            return true;
          }
          i = endOfString(bytes, i);
        }
        default -> {}
      }
    }
    return false;
  }

  /** The index of the quote that ends a string. */
  private static int endOfString(byte[] bytes, int quote) {
    int at = quote + 1;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean startsWith(byte[] bytes, byte[] wanted, int at) {
    return at + wanted.length <= bytes.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** The method of the (first) message, or null. */
  public static @Nullable String of(Body body) {
    return body.as(FIRST).orElse(null);
  }

  /** The reading of that; no lambda, since it is asked first on the host's thread. */
  private static final class First implements Function<Body, Optional<String>> {
    @Override
    public Optional<String> apply(Body body) {
      return Optional.ofNullable(first(body.bytes()));
    }
  }

  private static final First FIRST = new First();

  private static @Nullable String first(byte[] bytes) {
    for (int at = indexOf(bytes, METHOD, 0); at >= 0; at = indexOf(bytes, METHOD, at)) {
      at += METHOD.length;
      int colon = skipSpace(bytes, at);
      if (colon < bytes.length && bytes[colon] == ':') {
        int quote = skipSpace(bytes, colon + 1);
        if (quote < bytes.length && bytes[quote] == '"') {
          return until(bytes, quote + 1);
        }
      }
    }
    return null;
  }

  /** Whether a method belongs to MCP rather than to another JSON-RPC protocol. */
  public static boolean isMcp(@Nullable String method, Body body) {
    if (method == null) {
      return false;
    }
    if (method.equals("initialize")) {
      return indexOf(body.bytes(), "\"protocolVersion\"".getBytes(StandardCharsets.US_ASCII), 0)
          >= 0; // LSP has an initialize too, without it.
    }
    if (method.equals("ping")) {
      return true;
    }
    for (String namespace : NAMESPACES) {
      if (method.startsWith(namespace)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method opens the conversation: {@code initialize} or {@code server/discover}. */
  public static boolean isConnect(@Nullable String method) {
    return "initialize".equals(method) || "server/discover".equals(method);
  }

  public static boolean contains(Body body, String ascii) {
    return indexOf(body.bytes(), ascii.getBytes(StandardCharsets.US_ASCII), 0) >= 0;
  }

  private static @Nullable String until(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '"' && end - start < LONGEST_METHOD) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static int skipSpace(byte[] bytes, int at) {
    int next = at;
    while (next < bytes.length
        && (bytes[next] == ' '
            || bytes[next] == '\t'
            || bytes[next] == '\n'
            || bytes[next] == '\r')) {
      next++;
    }
    return next;
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    outer:
    for (int i = from; i <= bytes.length - wanted.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (bytes[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }

  private McpMethods() {}
}
