package io.github.mcpauth.agent.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a secret into {@code [fp:<12 hex> len=<n>]}: the first 48 bits of an HMAC-SHA-256 with a
 * random key of this process, so that the same secret can be seen again but not found out.
 */
public final class Fingerprints {

  private static final String HMAC = "HmacSHA256";
  private final SecretKeySpec key;

  public Fingerprints() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, HMAC);
  }

  /** The fingerprint of a secret, with its length in characters. */
  public String of(String secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      byte[] hash = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return "[fp:" + HexFormat.of().formatHex(hash, 0, 6) + " len=" + secret.length() + "]";
    } catch (GeneralSecurityException e) {
      return "[redacted]"; // Every Java platform has HmacSHA256; without it, nothing is said.
    }
  }
}
