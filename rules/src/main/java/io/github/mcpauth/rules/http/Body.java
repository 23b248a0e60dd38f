package io.github.mcpauth.rules.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that was kept for reading: its first bytes, at most the capture limit. What a
 * reading made of it is kept with it, so that it is read once. A value that is handed on, never
 * compared.
 */
public final class Body {

  public static final Body NONE = new Body(new byte[0], 0, true);

  /** What came of one reading, and those before it. */
  private record Read(Function<Body, ?> reading, Object result, @Nullable Read before) {}

  private final byte[] bytes;
  private final long size;
  private final boolean complete;
  private volatile @Nullable Read read;

  /**
   * @param bytes what was kept; not copied, so not to be changed
   * @param size how many bytes went by in all
   * @param complete whether the body ended, so that {@code size} is its length
   */
  public Body(byte[] bytes, long size, boolean complete) {
    this.bytes = bytes;
    this.size = size;
    this.complete = complete;
  }

  /** What was kept; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes went by in all. */
  public long size() {
    return size;
  }

  /** Whether the body ended, so that {@link #size} is its length. */
  public boolean complete() {
    return complete;
  }

  /**
   * What a reading makes of the body, which it is asked once; two threads may ask it both.
   *
   * @param reading a constant, and of what it makes nobody changes anything
   */
  public <T> T as(Function<Body, T> reading) {
    Read known = find(reading);
    if (known == null) {
      known = new Read(reading, reading.apply(this), read);
      read = known;
    }
    @SuppressWarnings("unchecked") // A reading gives what it gave before.
    T result = (T) known.result();
    return result;
  }

  /** Whether a reading was asked. */
  public boolean isReadAs(Function<Body, ?> reading) {
    return find(reading) != null;
  }

  private @Nullable Read find(Function<Body, ?> reading) {
    Read each = read;
    while (each != null && each.reading() != reading) {
      each = each.before();
    }
    return each;
  }

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
