package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/**
 * Turns a client's private key into a JWT that says who it is (RFC 7523 §3, signed with ES256 as in
 * RFC 7518 §3.4). The audience is the issuer, as drafts since 2025 want it.
 */
final class Assertion {

  private static final long SECONDS = 60;

  static String es256(Client client, String issuer) throws IOException {
    long now = Instant.now().getEpochSecond();
    String content =
        encode(Json.write(Map.of("alg", "ES256", "typ", "JWT")))
            + "."
            + encode(
                Json.write(
                    Map.of(
                        "iss",
                        client.id(),
                        "sub",
                        client.id(),
                        "aud",
                        issuer,
                        "iat",
                        now,
                        "exp",
                        now + SECONDS,
                        "jti",
                        UUID.randomUUID().toString())));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key(client.privateKey() == null ? "" : client.privateKey()));
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + encode(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the private key is of no use", e);
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private Assertion() {}
}
