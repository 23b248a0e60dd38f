package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the process is called, as OpenTelemetry has it. */
class OriginsTest {

  @Test
  void theNameOfTheServiceWinsOverTheAttribute() {
    assertThat(Origins.of("chat", "service.name=other,host.name=h1", "h2"))
        .isEqualTo(Map.of("service.name", "chat", "host.name", "h1"));
  }

  @Test
  void attributesAreDecodedAndOthersLeftOut() {
    assertThat(
            Origins.of(null, " service.name = my%20chat+1 ,deployment=x,=,host.name=a%2Fb", null))
        .isEqualTo(Map.of("service.name", "my chat+1", "host.name", "a/b"));
  }

  @Test
  void forWantOfAnAttributeTheHostIsThatOfTheEnvironmentAndNothingIsMadeUp() {
    assertThat(Origins.of(" ", "host.name=", "h2")).isEqualTo(Map.of("host.name", "h2"));
    assertThat(Origins.of(null, null, null)).isEmpty();
    assertThat(Origins.of(null, "host.name=%zz", null)).isEqualTo(Map.of("host.name", "%zz"));
  }
}
