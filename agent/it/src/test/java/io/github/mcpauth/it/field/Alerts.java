package io.github.mcpauth.it.field;

import java.nio.charset.StandardCharsets;

/** What a server sends in the place of its own part of a TLS handshake. */
final class Alerts {

  private static final byte ALERT = 21;
  private static final byte FATAL = 2;

  /** The bytes that have a client say so. */
  static byte[] named(String message) {
    if (message.contains("certificate_required")) {
      return alert(116); // RFC 8446 §6
    }
    if (message.contains("bad_certificate")) {
      return alert(42); // RFC 5246 §7.2
    }
    if (message.contains("handshake_failure")) {
      return alert(40);
    }
    return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] alert(int description) {
    return new byte[] {ALERT, 3, 3, 0, 2, FATAL, (byte) description};
  }

  private Alerts() {}
}
