package io.github.mcpauth.agent.redact;

import java.nio.ByteBuffer;

/**
 * What was looked at before, by hashes with a base that nobody knows: the words that most texts are
 * made of, the values that come with each request.
 */
final class KnownTexts {

  private static final int SLOTS = 1 << 11;

  private final long base = ByteBuffer.wrap(RandomBytes.of(Long.BYTES)).getLong() | 1;
  private final long[] hashes = new long[SLOTS];

  /** The hash of a part of a text. */
  long hash(CharSequence text, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * base + text.charAt(i) + 1;
    }
    return hash;
  }

  boolean has(long hash) {
    return hashes[slot(hash)] == hash;
  }

  void add(long hash) {
    hashes[slot(hash)] = hash;
  }

  private static int slot(long hash) {
    return (int) (hash * 0x9E3779B97F4A7C15L >>> 53);
  }
}
