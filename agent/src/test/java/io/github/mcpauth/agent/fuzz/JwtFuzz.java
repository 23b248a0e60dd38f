package io.github.mcpauth.agent.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.Base64;

/**
 * Any token is read for claims, as it stands and as the claims of one; none tells its signature.
 */
class JwtFuzz {

  private static final String SIGNATURE = "c2lnbmF0dXJlIG9mIGEgY2FuYXJ5";

  @FuzzTest(maxDuration = "3s")
  void claims(byte[] data) {
    JwtClaims.of(new String(data, UTF_8));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String header = base64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    JwtClaims claims = JwtClaims.of(header + '.' + base64.encodeToString(data) + '.' + SIGNATURE);
    if (claims != null) {
      assertThat(claims.inWords()).doesNotContain(SIGNATURE);
      // A parser may ignore a byte order mark: RFC 8259 §8.1.
      assertThat(new String(data, UTF_8).replaceFirst("^\uFEFF", "").strip()).startsWith("{");
    }
  }
}
