package io.github.mcpauth.agent.redact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets by the hash of how they begin. Keeps hashes, lengths and masks, never a text, so that an
 * entry takes some 300 bytes whatever the secret's length; of too many the one that was not seen
 * for the longest is forgotten.
 */
final class SecretTable {

  /**
   * A secret.
   *
   * @param hash of all of it
   * @param power for its length
   * @param head hash of its first characters
   * @param partial hash of the beginning that alone is masked
   * @param partialLength its length; 0 where only all of it is
   * @param spaces whether there is white space in it
   * @param wordy whether it begins like a word, so that its beginning is masked only where a word
   *     begins
   * @param mask what stands in its place
   */
  record Entry(
      long hash,
      long power,
      int length,
      long head,
      long partial,
      int partialLength,
      boolean spaces,
      boolean wordy,
      String mask) {}

  private static final int FILTER_BITS = 1 << 16;

  private final int most;
  private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, List<Entry>> byHead = new HashMap<>();
  private final long[] filter = new long[FILTER_BITS / Long.SIZE];

  SecretTable(int most) {
    this.most = most;
  }

  /** Returns whether it is new. */
  boolean add(Entry entry) {
    if (entries.putIfAbsent(entry.hash(), entry) != null) {
      return false;
    }
    int bit = bit(entry.head());
    filter[bit >> 6] |= 1L << (bit & 63);
    byHead.computeIfAbsent(entry.head(), head -> new ArrayList<>(1)).add(entry);
    if (entries.size() > most) {
      Iterator<Entry> eldest = entries.values().iterator();
      forget(eldest.next());
      eldest.remove();
    }
    return true;
  }

  private void forget(Entry entry) {
    List<Entry> same = byHead.get(entry.head());
    if (same != null) {
      same.remove(entry);
      if (same.isEmpty()) {
        byHead.remove(entry.head());
      }
    }
  }

  /** The secrets that begin so. */
  List<Entry> beginning(long head) {
    int bit = bit(head);
    if ((filter[bit >> 6] & 1L << (bit & 63)) == 0) {
      return List.of();
    }
    return byHead.getOrDefault(head, List.of());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  private static int bit(long head) {
    return (int) (head * 0x9E3779B97F4A7C15L >>> 48);
  }
}
