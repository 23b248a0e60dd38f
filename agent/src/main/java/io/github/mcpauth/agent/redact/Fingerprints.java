package io.github.mcpauth.agent.redact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Turns a secret into {@code [fp:<12 hex> len=<n>]}: the first 48 bits of an HMAC-SHA-256 with a
 * random key of this process, so that the same secret can be seen again but not found out.
 */
public final class Fingerprints {

  // RFC 2104 §2, by its definition: javax.crypto's Mac has every security provider of the platform
  // made and checked, 40 ms of a host that encrypts nothing.
  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] innerKey = new byte[BLOCK];
  private final byte[] outerKey = new byte[BLOCK];

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
