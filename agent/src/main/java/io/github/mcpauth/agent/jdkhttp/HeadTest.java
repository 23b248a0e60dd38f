package io.github.mcpauth.agent.jdkhttp;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;

/** Tells from a request's head whether it could be MCP or OAuth; in doubt it could. */
final class HeadTest {

  static boolean mayMatter(HttpRequest request, boolean anyGet) {
    HttpHeaders headers = request.headers();
    String scheme = request.uri().getScheme();
    if (has(headers, "Sec-WebSocket-Key") || scheme == null || !scheme.startsWith("http")) {
      return false;
    }
    String path = request.uri().getRawPath();
    return anyGet
        || !"GET".equals(request.method())
        || (path != null && (path.contains("/.well-known/") || path.contains("jwks")))
        || has(headers, "Mcp-Session-Id")
        || has(headers, "MCP-Protocol-Version")
        || accepts(headers);
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
