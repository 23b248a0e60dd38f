package io.github.mcpauth.agent.redact;

import io.github.mcpauth.agent.redact.SecretTable.Entry;
import java.util.List;

/**
 * Secrets of fewer than eight characters, which are found as whole words only: in the middle of one
 * they would be there by chance. Those of peers have a table of their own.
 */
final class ShortSecrets {

  static final int SHORTEST = 3;

  private static final int SHORTEST_OF_PEER = 5;
  private static final int SHORTEST_NUMBER_OF_PEER = 6;
  private static final int MOST = 512;

  private final PrefixHashes.Base base;
  private final SecretTable ofHost = new SecretTable(MOST);
  private final SecretTable ofPeers = new SecretTable(MOST);

  ShortSecrets(PrefixHashes.Base base) {
    this.base = base;
  }

  boolean isEmpty() {
    return ofHost.isEmpty() && ofPeers.isEmpty();
  }

  /** What the host itself uses, whatever it looks like. */
  void ofHost(String secret, String mask) {
    add(ofHost, secret, mask);
  }

  /** What a peer calls one, if it is no word and no small number. */
  void ofPeer(String secret, String mask) {
    boolean number = secret.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean telling = secret.length() >= SHORTEST_OF_PEER && ValueShape.isMixed(secret);
    if (telling || number && secret.length() >= SHORTEST_NUMBER_OF_PEER) {
      add(ofPeers, secret, mask);
    }
  }

  private void add(SecretTable table, String secret, String mask) {
    if (secret.length() >= SHORTEST
        && secret.length() < SeenSecrets.HEAD
        && !Vocabulary.has(secret)) {
      long power = base.power(secret.length());
      long hash = base.of(secret).hash(0, secret.length(), power);
      table.add(new Entry(hash, power, secret.length(), hash, 0, 0, false, true, mask));
    }
  }

  /** Finds them in a reading; not as a part of a number, a date or a version. */
  void find(UnescapedText reading, PrefixHashes hashes, FoundSecrets found) {
    if (isEmpty()) {
      return;
    }
    int start = 0;
    for (int i = 0; i <= reading.length(); i++) {
      boolean inside = i < reading.length() && !isBreak(reading.charAt(i));
      if (inside) {
        continue;
      }
      int end = i;
      while (end > start && ".:!?".indexOf(reading.charAt(end - 1)) >= 0) {
        end--;
      }
      int length = end - start;
      if (length >= SHORTEST && length < SeenSecrets.HEAD) {
        long hash = hashes.hash(start, length, base.power(length));
        for (SecretTable table : List.of(ofHost, ofPeers)) {
          for (Entry entry : table.beginning(hash)) {
            found.add(reading.start(start), reading.end(end - 1), entry.mask());
          }
        }
      }
      start = i + 1;
    }
  }

  private static boolean isBreak(char c) {
    return c <= ' ' || "\"'`,;=&?#()[]{}<>/|".indexOf(c) >= 0;
  }
}
