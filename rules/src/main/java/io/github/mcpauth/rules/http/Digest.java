package io.github.mcpauth.rules.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Turns a secret into a value that tells whether it is the same again: the first 16 bytes of its
 * SHA-256 in hex. Kept in memory only; what is shown is the redactor's keyed fingerprint.
 */
public final class Digest {

  /** The digest of a secret, or null for null. */
  public static @Nullable String of(@Nullable String secret) {
    if (secret == null) {
      return null;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of the credential in an {@code Authorization} header, after its scheme; or null. */
  public static @Nullable String ofCredential(@Nullable String authorization) {
    Authorization parsed = authorization == null ? null : Authorization.parse(authorization);
    return parsed == null || parsed.scheme().isEmpty() ? null : of(parsed.token());
  }

  private Digest() {}
}
