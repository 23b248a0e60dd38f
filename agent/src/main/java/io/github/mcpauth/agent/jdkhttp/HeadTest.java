package io.github.mcpauth.agent.jdkhttp;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Tells from a request's head whether it could be MCP or OAuth; in doubt it could. */
final class HeadTest {

  static boolean mayMatter(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!isPlain(request)) {
      return false;
    }
    String path = request.uri().getRawPath();
    return !"GET".equals(request.method())
        || (path != null && (path.contains("/.well-known/") || path.contains("jwks")))
        || authorizes(request.uri().getRawQuery())
        || has(headers, "Mcp-Session-Id")
        || has(headers, "MCP-Protocol-Version")
        || accepts(headers);
  }

  /**
   * Whether nothing in the head of a request speaks for MCP: neither its own header fields, nor
   * that both media types are accepted. Its body may.
   */
  static boolean isUnmarked(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return !has(headers, "Mcp-Session-Id")
        && !has(headers, "MCP-Protocol-Version")
        && !has(headers, "Mcp-Method")
        && !accepts(headers);
  }

  /** Whether it is HTTP and stays so: a WebSocket's handshake is left alone. */
  static boolean isPlain(HttpRequest request) {
    String scheme = request.uri().getScheme();
    return scheme != null
        && scheme.startsWith("http")
        && !has(request.headers(), "Sec-WebSocket-Key");
  }

  /** An authorization request (RFC 6749 §4.1.1), where no browser makes it. */
  private static boolean authorizes(@Nullable String query) {
    return query != null && query.contains("response_type=");
  }

  private static boolean accepts(HttpHeaders headers) {
    var values = headers.map().get("Accept");
    if (values != null) {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).contains("event-stream")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean has(HttpHeaders headers, String name) {
    return headers.map().containsKey(name); // the map compares names without regard to case
  }

  private HeadTest() {}
}
