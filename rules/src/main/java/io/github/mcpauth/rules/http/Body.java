package io.github.mcpauth.rules.http;

import java.nio.charset.StandardCharsets;

/**
 * The part of a body that was kept for reading: its first bytes, at most the capture limit.
 *
 * @param bytes what was kept; not copied, so not to be changed
 * @param size how many bytes went by in all
 * @param complete whether the body ended, so that {@code size} is its length
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is handed on, never compared
public record Body(byte[] bytes, long size, boolean complete) {

  public static final Body NONE = new Body(new byte[0], 0, true);

  /** A body known as a whole. */
  public static Body of(byte[] bytes) {
    return new Body(bytes, bytes.length, true);
  }

  public static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Whether every byte of it was kept. */
  public boolean isWhole() {
    return complete && size == bytes.length;
  }

  /** What was kept, as UTF-8; malformed input becomes U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A body may hold credentials, so only its size is shown. */
  @Override
  public String toString() {
    return "Body[" + size + " bytes" + (complete ? "]" : " so far]");
  }
}
