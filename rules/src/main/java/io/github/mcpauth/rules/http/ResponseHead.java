package io.github.mcpauth.rules.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a response says before its body.
 *
 * @param version the protocol it came over: {@code "HTTP/1.1"} or {@code "HTTP/2"}
 */
public record ResponseHead(int status, Headers headers, String version) {

  public ResponseHead(int status, Headers headers) {
    this(status, headers, "HTTP/1.1");
  }

  public ResponseHead withStatus(int changed) {
    return new ResponseHead(changed, headers, version);
  }

  public ResponseHead withHeaders(Headers changed) {
    return new ResponseHead(status, changed, version);
  }

  /** The media type without parameters in lower case, or null. */
  public @Nullable String mediaType() {
    String type = headers.first("Content-Type");
    if (type == null) {
      return null;
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
  }

  /** Whether the body is a stream of server-sent events, which is never held back. */
  public boolean isEventStream() {
    return "text/event-stream".equals(mediaType());
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
