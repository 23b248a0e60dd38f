package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void readsQuotedAndBareParameters() {
    Challenge challenge =
        Challenge.of(
            List.of(
                "Basic realm=\"x\"",
                "bearer error=insufficient_scope, Scope=\"a b\","
                    + " error_description=\"scope=\\\"no\\\"\","
                    + " resource_metadata=\"https://mcp.example/doc\""));
    assertThat(challenge)
        .isEqualTo(
            new Challenge(URI.create("https://mcp.example/doc"), "a b", "insufficient_scope"));
    assertThat(challenge.insufficientScope()).isTrue();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(Challenge.of(List.of())).isEqualTo(new Challenge(null, null, null));
    assertThat(Challenge.of(List.of("Bearer"))).isEqualTo(new Challenge(null, null, null));
    assertThat(Challenge.of(List.of("Bearerish scope=a")).scope()).isNull();
  }
}
