package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Keyed fingerprints, against the vectors of RFC 4231 and the platform's own HMAC. */
class FingerprintsTest {

  @Test
  void itIsTheBeginningOfAnHmacSha256() {
    byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Fingerprints(key).of("what do ya want for nothing?"))
        .isEqualTo("[fp:5bdcc146bf60 len=28]"); // RFC 4231 §4.3
    byte[] twenty = HexFormat.of().parseHex("0b".repeat(20));
    assertThat(new Fingerprints(twenty).of("Hi There"))
        .isEqualTo("[fp:b0344c61d8db len=8]"); // RFC 4231 §4.2
  }

  @Test
  void itAgreesWithThePlatformForSecretsOfAnyLength() throws GeneralSecurityException {
    for (int length = 0; length < 300; length += 13) {
      byte[] key = RandomBytes.of(32);
      String secret = "sécret…".repeat(50).substring(0, length);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(new Fingerprints(key).of(secret))
          .isEqualTo("[fp:" + HexFormat.of().formatHex(hash, 0, 6) + " len=" + length + "]");
    }
  }

  @Test
  void twoProcessesShareNothing() {
    assertThat(RandomBytes.of(32)).hasSize(32).isNotEqualTo(RandomBytes.of(32));
    assertThat(new Fingerprints().of("secret")).isNotEqualTo(new Fingerprints().of("secret"));
  }
}
