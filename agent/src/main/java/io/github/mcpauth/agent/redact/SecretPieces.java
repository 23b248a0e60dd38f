package io.github.mcpauth.agent.redact;

import org.jspecify.annotations.Nullable;

/**
 * Knows the middle and the end of secrets by hashes of eight characters: all of a short secret's,
 * of a longer one's so many that any sixteen characters have one that is known (winnowing:
 * Schleimer, Wilkerson, Aiken 2003). Two tables, of which the older is dropped when the newer is
 * full; together they take at most some 2 MB.
 */
final class SecretPieces {

  private static final int LENGTH = SeenSecrets.HEAD;

  /** Up to this length every piece is kept. */
  private static final int SHORT = 64;

  private static final int WINDOW = LENGTH + 1;
  private static final int LONGEST = 8192;
  private static final int LEAST_SLOTS = 1 << 8;
  private static final int MOST_SLOTS = 1 << 16;

  /** Hashes with the masks of their secrets, open to collisions by the next free place. */
  private static final class Table {

    private long[] hashes = new long[LEAST_SLOTS];
    private @Nullable String[] masks = new @Nullable String[LEAST_SLOTS];
    private int size;

    boolean isFull() {
      return size > MOST_SLOTS / 2;
    }

    void put(long hash, String mask) {
      if (size > hashes.length / 2 && hashes.length < MOST_SLOTS) {
        grow();
      }
      int at = slot(hash);
      if (masks[at] == null) {
        hashes[at] = hash;
        size++;
      }
      masks[at] = mask;
    }

    @Nullable String get(long hash) {
      return masks[slot(hash)];
    }

    private int slot(long hash) {
      int most = hashes.length - 1;
      int at = (int) (hash * 0x9E3779B97F4A7C15L >>> 40) & most;
      while (masks[at] != null && hashes[at] != hash) {
        at = at + 1 & most;
      }
      return at;
    }

    private void grow() {
      long[] before = hashes;
      @Nullable String[] masked = masks;
      hashes = new long[before.length * 2];
      masks = new @Nullable String[before.length * 2];
      size = 0;
      for (int i = 0; i < before.length; i++) {
        String mask = masked[i];
        if (mask != null) {
          put(before[i], mask);
        }
      }
    }
  }

  private final PrefixHashes.Base base;
  private final long power;
  private Table newer = new Table();
  private Table older = new Table();

  SecretPieces(PrefixHashes.Base base) {
    this.base = base;
    this.power = base.power(LENGTH);
  }

  /** Remembers the pieces of a secret. */
  void add(String secret, String mask) {
    int last = Math.min(secret.length(), LONGEST) - LENGTH;
    if (last < 1) {
      return; // It has no other piece than itself.
    }
    PrefixHashes hashes = base.of(secret);
    if (newer.get(hashes.hash(last, LENGTH, power)) != null) {
      return; // The same token comes with each request.
    }
    if (newer.isFull()) {
      older = newer;
      newer = new Table();
    }
    int window = secret.length() <= SHORT ? 1 : WINDOW;
    long kept = 0;
    int keptAt = -1;
    for (int end = window - 1; end <= last; end++) {
      if (keptAt < end - window + 1) {
        keptAt = -1;
      }
      for (int i = keptAt < 0 ? end - window + 1 : end; i <= end; i++) {
        long hash = hashes.hash(i, LENGTH, power);
        if (keptAt < 0 || order(hash) <= order(kept)) {
          kept = hash;
          keptAt = i;
        }
      }
      newer.put(kept, mask);
    }
    newer.put(hashes.hash(last, LENGTH, power), mask);
  }

  private static long order(long hash) {
    return hash * 0x9E3779B97F4A7C15L >>> 1;
  }

  /**
   * Finds a piece at that index of a reading, and tells of it with what it is in.
   *
   * @return the index behind it, that index where there is none, or, negative, the end of the words
   *     that it is in by chance
   */
  int find(UnescapedText reading, PrefixHashes hashes, int at, FoundSecrets found) {
    String mask = at(hashes, at);
    if (mask == null) {
      return at;
    }
    for (int i = at; i < at + LENGTH; i++) {
      if (reading.charAt(i) <= ' ') {
        return at; // To the hash it is a hyphen.
      }
    }
    int start = at;
    while (start > 0 && at - start < LONGEST && belongs(reading, start - 1, at - start)) {
      start--;
    }
    int end = at + LENGTH;
    while (end < reading.length()
        && reading.charAt(end) > ' '
        && at(hashes, end + 1 - LENGTH) != null) {
      end++;
    }
    int piece = end;
    while (end < reading.length() && belongs(reading, end, end - piece)) {
      end++;
    }
    String run = reading.subSequence(start, end).toString();
    if (Masks.isWord(run) || Vocabulary.hasAll(run, LENGTH) || Parts.isHost(run)) {
      return -end;
    }
    found.add(reading.start(start), reading.end(end - 1), mask);
    return end;
  }

  private @Nullable String at(PrefixHashes hashes, int index) {
    long hash = hashes.hash(index, LENGTH, power);
    String mask = newer.get(hash);
    return mask == null ? older.get(hash) : mask;
  }

  /**
   * Whether what is around a piece belongs to it: what has no break, and what is behind a dot as
   * far as the window of a known piece reaches.
   */
  private static boolean belongs(UnescapedText reading, int at, int distance) {
    char c = reading.charAt(at);
    return isPart(c)
        || distance <= LENGTH
            && "./~:".indexOf(c) >= 0
            && at > 0
            && at + 1 < reading.length()
            && isPart(reading.charAt(at - 1))
            && isPart(reading.charAt(at + 1));
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '+' || c == '=';
  }
}
