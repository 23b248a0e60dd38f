package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Turns a secret into {@code [fp:<12 hex> len=<n>]}: the first 48 bits of an HMAC-SHA-256 with a
 * random key of this process, so that the same secret can be seen again but not found out. Not for
 * several threads.
 */
@ForStartUp(row = "keyed hash", saves = 29)
public final class Fingerprints {

  // RFC 2104 §2, by its definition: javax.crypto's Mac has every security provider of the platform
  // made and checked, 40 ms of a host that encrypts nothing.
  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;
  private static final int MOST_KNOWN = 1024;

  private final byte[] innerKey = new byte[BLOCK];
  private final byte[] outerKey = new byte[BLOCK];

  /** The same token comes with each request: known by a hash, so that its text is not kept. */
  private final Map<Long, String> known = BoundedMap.byAccess(MOST_KNOWN);

  private final long base = ByteBuffer.wrap(RandomBytes.of(Long.BYTES)).getLong() | 1;

  public Fingerprints() {
    this(RandomBytes.of(BLOCK / 2));
  }

  /**
   * @param key at most 64 bytes
   */
  Fingerprints(byte[] key) {
    for (int i = 0; i < BLOCK; i++) {
      byte k = i < key.length ? key[i] : 0;
      innerKey[i] = (byte) (k ^ INNER);
      outerKey[i] = (byte) (k ^ OUTER);
    }
  }

  /** The fingerprint of a secret, with its length in characters. */
  public String of(String secret) {
    long hash = secret.length();
    for (int i = 0; i < secret.length(); i++) {
      hash = hash * base + secret.charAt(i) + 1;
    }
    String fingerprint = known.get(hash);
    if (fingerprint == null) {
      fingerprint = computed(secret);
      known.put(hash, fingerprint);
    }
    return fingerprint;
  }

  private String computed(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(innerKey);
      byte[] inner = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
      digest.update(outerKey);
      byte[] hash = digest.digest(inner);
      return "[fp:" + HexFormat.of().formatHex(hash, 0, 6) + " len=" + secret.length() + "]";
    } catch (NoSuchAlgorithmException e) {
      return "[redacted]"; // Every Java platform has SHA-256; without it, nothing is said.
    }
  }
}
