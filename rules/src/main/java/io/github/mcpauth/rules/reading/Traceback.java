package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Body;
import java.nio.charset.StandardCharsets;

/** A traceback of Python, which servers in debug mode answer with: its last line is the reason. */
final class Traceback {

  private static final String START = "Traceback (most recent call last)";

  /** Bytes of the end that are looked at. */
  private static final int MOST_BYTES = 2048;

  static boolean isOne(String text) {
    return text.startsWith(START) || text.contains('\n' + START);
  }

  /** The last line that is not blank; the first one where the end was not kept. */
  static String reason(Body body) {
    if (!body.isWhole()) {
      return START;
    }
    byte[] bytes = body.bytes();
    int from = Math.max(0, bytes.length - MOST_BYTES);
    String end = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
    return end.substring(end.lastIndexOf('\n') + 1).strip();
  }

  private Traceback() {}
}
