package io.github.mcpauth.rules.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JweTest {

  private static String token(String header, String rest) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json) + rest;
  }

  @Test
  void theEncryptionOfATokenInFivePartsIsNamed() {
    String token = token("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}", "..aXY.Y2lwaGVy.dGFn");
    assertThat(Jwe.encryption(token)).isEqualTo("A256GCM");
  }

  @Test
  void aSignedTokenIsNone() {
    assertThat(Jwe.encryption(token("{\"alg\":\"RS256\"}", ".e30.c2ln"))).isNull();
  }

  @Test
  void aNameThatNoSpecificationKnowsIsNotShown() {
    String token = token("{\"alg\":\"dir\",\"enc\":\"hunter2\"}", "..aXY.Y2lwaGVy.dGFn");
    assertThat(Jwe.encryption(token)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "opaque", "a.b.c.d.e", "eyJ!!.a.b.c.d", "eyJ.....", "eyJhbGc.a.b.c.d"})
  void whatIsNoTokenIsNone(String token) {
    assertThat(Jwe.encryption(token)).isNull();
  }
}
