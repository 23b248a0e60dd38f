package io.github.mcpauth.rules.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges as RFC 9110 §11.6.1 has them, and as servers send them. */
class ChallengesTest {

  @Test
  void severalChallengesInOneLineAreToldApart() {
    Challenges challenges =
        Challenges.parse(
            List.of(
                "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"s\""));
    assertThat(challenges.all()).extracting(Challenge::scheme).containsExactly("Newauth", "Basic");
    assertThat(challenges.all().get(0).parameter("title")).isEqualTo("Login to \"apps\"");
    assertThat(challenges.malformed()).isFalse();
  }

  @Test
  void aTokenAfterASchemeIsNoParameter() {
    Challenges challenges =
        Challenges.parse(List.of("Negotiate YWJjZGVmZ2g=, Bearer resource_metadata=https://a/b"));
    assertThat(challenges.resourceMetadata()).isEqualTo("https://a/b");
  }

  @Test
  void namesAreCaseInsensitiveAndSeveralLinesCount() {
    Challenges challenges =
        Challenges.parse(
            List.of("Basic realm=x", "BEARER RESOURCE_METADATA=\"u\" , scope=\"a b\""));
    assertThat(challenges.resourceMetadata()).isEqualTo("u");
    assertThat(challenges.all().get(1).parameter("scope")).isEqualTo("a b");
  }

  @Test
  void malformedHeadersAreCountedAndNeverThrown() {
    for (String header : List.of("\"", "=", ",,,", "Bearer realm=\"open", "Bearer =x", "\u0000é")) {
      Challenges.parse(List.of(header));
    }
    assertThat(Challenges.parse(List.of("Bearer realm=\"open")).malformed()).isTrue();
    assertThat(Challenges.parse(List.of("x".repeat(1 << 20))).all()).hasSize(1);
  }

  /** Every rule asks: of a header that is long for its own sake, only the start is read. */
  @Test
  void aLongHeaderIsReadFromItsStart() {
    StringBuilder many = new StringBuilder("Bearer resource_metadata=\"u\"");
    for (int i = 0; i < 10_000; i++) {
      many.append(", p").append(i).append("=x");
    }
    Challenges read = Challenges.parse(List.of(many.toString(), "Basic realm=x"));
    assertThat(read.resourceMetadata()).isEqualTo("u");
    assertThat(read.all()).hasSize(1);
    assertThat(read.all().get(0).parameter("p500")).isEqualTo("x");
    assertThat(read.all().get(0).parameter("p2000")).isNull();
    assertThat(read.malformed()).isFalse();
  }

  @Test
  void wellKnownUrlsFollowTheSpecificationsOrder() {
    assertThat(WellKnown.protectedResource(URI.create("https://ex.com/public/mcp")))
        .extracting(URI::toString)
        .containsExactly(
            "https://ex.com/.well-known/oauth-protected-resource/public/mcp",
            "https://ex.com/.well-known/oauth-protected-resource");
    assertThat(WellKnown.authorizationServer(URI.create("https://auth.ex.com/tenant1")))
        .extracting(URI::toString)
        .containsExactly(
            "https://auth.ex.com/.well-known/oauth-authorization-server/tenant1",
            "https://auth.ex.com/.well-known/openid-configuration/tenant1",
            "https://auth.ex.com/tenant1/.well-known/openid-configuration");
  }
}
