package io.github.mcpauth.agent.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import java.util.List;
import java.util.Map;

/** Any {@code WWW-Authenticate} is read, and nothing is read into it. */
class ChallengeFuzz {

  @FuzzTest(maxDuration = "3s")
  void challenge(byte[] data) {
    String text = new String(data, UTF_8);
    Challenges challenges = Challenges.parse(List.of(text));
    String plain = text.replace("\\", "");
    for (Challenge challenge : challenges.all()) {
      assertThat(text).contains(challenge.scheme());
      for (Map.Entry<String, String> parameter : challenge.parameters().entrySet()) {
        assertThat(text).containsIgnoringCase(parameter.getKey());
        assertThat(plain).contains(parameter.getValue().replace("\\", ""));
      }
    }
    String hint = challenges.resourceMetadata();
    assertThat(hint == null || plain.contains(hint.replace("\\", ""))).isTrue();
  }
}
