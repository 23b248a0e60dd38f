package io.github.mcpauth.rules.mcp;

import io.github.mcpauth.rules.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the head of a request into whether it may be MCP or one of its OAuth legs: for the clients,
 * which let every other request pass, and for the recogniser, which also sees the body. In doubt it
 * may.
 */
public final class HeadFilter {

  private static final String EVENT_STREAM = "text/event-stream";

  /** A head as a client has it, so that nothing is copied of the many that pass. */
  public interface Head {

    String method();

    /** As in the URL, undecoded; null where it has none. */
    @Nullable String path();

    /** As in the URL, undecoded; null where it has none. */
    @Nullable String query();

    /** The values of a header field, one a line; names compare without regard to case. */
    List<String> values(String name);
  }

  private record Ours(RequestHead request) implements Head {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public @Nullable String path() {
      return request.url().getRawPath();
    }

    @Override
    public @Nullable String query() {
      return request.url().getRawQuery();
    }

    @Override
    public List<String> values(String name) {
      return request.headers().all(name);
    }
  }

  public static Head of(RequestHead request) {
    return new Ours(request);
  }

  /** Whether the head leaves it possible; nothing is known of the URL here. */
  public static boolean mayMatter(Head head) {
    if (isWebSocket(head)) {
      return false;
    }
    String path = head.path();
    return !"GET".equals(head.method())
        || path != null && (path.contains("/.well-known/") || path.contains("jwks"))
        || isLegInQuery(head.query())
        || isMarked(head);
  }

  /**
   * Whether the head itself speaks for MCP: by one of MCP's header fields, or by what only a client
   * of event streams accepts. Without that, the body may.
   */
  public static boolean isMarked(Head head) {
    return hasMcpHeader(head) || accepts(head, EVENT_STREAM);
  }

  /** Whether it has a header field that MCP's Streamable HTTP transport defines. */
  public static boolean hasMcpHeader(Head head) {
    return !head.values("Mcp-Session-Id").isEmpty()
        || !head.values("MCP-Protocol-Version").isEmpty()
        || !head.values("Mcp-Method").isEmpty();
  }

  /** Whether an event stream is named among what is accepted. */
  public static boolean acceptsEventStream(Head head) {
    return accepts(head, EVENT_STREAM);
  }

  /** Whether both media types are named that a client of Streamable HTTP has to accept. */
  public static boolean acceptsBoth(Head head) {
    return accepts(head, EVENT_STREAM) && accepts(head, "application/json");
  }

  /** A handshake (RFC 6455 §4.1): what follows it is not HTTP. */
  public static boolean isWebSocket(Head head) {
    return !head.values("Sec-WebSocket-Key").isEmpty();
  }

  /**
   * An authorization request (RFC 6749 §4.1.1), where no browser makes it; or a token request in
   * the wrong place.
   */
  private static boolean isLegInQuery(@Nullable String query) {
    return query != null && (query.contains("response_type=") || query.contains("grant_type="));
  }

  /** By name only, on any line, whatever the case: ranges (RFC 9110 §12.5.1) say nothing. */
  private static boolean accepts(Head head, String media) {
    List<String> lines = head.values("Accept");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (int start = 0; start < line.length(); ) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        if (names(line, start, end, media)) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }

  private static boolean names(String line, int from, int to, String media) {
    int start = from;
    while (start < to && line.charAt(start) <= ' ') {
      start++;
    }
    int end = start + media.length();
    return end <= to
        && line.regionMatches(true, start, media, 0, media.length())
        && (end == to || line.charAt(end) == ';' || line.charAt(end) <= ' ');
  }

  private HeadFilter() {}
}
