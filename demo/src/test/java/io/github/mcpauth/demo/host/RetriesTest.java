package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.demo.host.Retries.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final Refusal LOG_IN =
      new Refusal(
          401, Challenge.of(List.of("Bearer resource_metadata=\"https://mcp.example/doc\"")));
  private static final Refusal SCOPE =
      new Refusal(403, Challenge.of(List.of("Bearer error=\"insufficient_scope\"")));

  @Test
  void logsInOnceUnlessTheTokenCanBeRenewed() throws Exception {
    Retries retries = new Retries(settings("", "strict"));
    assertThat(retries.worthwhile(LOG_IN, false)).isTrue();
    assertThat(retries.worthwhile(LOG_IN, false)).isFalse();
    assertThat(retries.worthwhile(LOG_IN, true)).isTrue();
  }

  @Test
  void stepsUpTwice() throws Exception {
    Retries retries = new Retries(settings("", "strict"));
    assertThat(retries.worthwhile(SCOPE, false)).isTrue();
    assertThat(retries.worthwhile(SCOPE, false)).isTrue();
    assertThat(retries.worthwhile(SCOPE, false)).isFalse();
    retries.again();
    assertThat(retries.worthwhile(SCOPE, false)).isTrue();
  }

  @Test
  void needsAHintOnlyWhereItIsStrict() throws Exception {
    Refusal silent = new Refusal(401, Challenge.of(List.of("Bearer")));
    assertThat(new Retries(settings("", "strict")).worthwhile(silent, false)).isFalse();
    assertThat(new Retries(settings("", "well-known")).worthwhile(silent, false)).isTrue();
  }

  @Test
  void takesAnyOther403ForAFailure() throws Exception {
    Refusal forbidden = new Refusal(403, Challenge.of(List.of()));
    assertThat(new Retries(settings("", "legacy")).worthwhile(forbidden, false)).isFalse();
    assertThat(new Retries(settings("no-step-up", "legacy")).worthwhile(SCOPE, false)).isFalse();
  }

  private static Settings settings(String mistake, String lookup) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("demo.mistake", mistake);
    properties.setProperty("demo.lookup", lookup);
    return Settings.of(properties, null);
  }
}
