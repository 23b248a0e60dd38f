package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Which sessions a server took, and which it no longer knows. */
class SessionsTest {

  private static final URI URL = URI.create("https://mcp.example/mcp");

  private final Sessions sessions =
      new McpServers(InstantSource.system()).create(URL.toString(), URL).sessions();

  @Test
  void onlyTheNewestSessionThatWorkedIsTheOneThatWorks() {
    sessions.worked("a", "token-1", Instant.EPOCH);
    sessions.worked("b", null, Instant.EPOCH);
    assertThat(sessions.hasWorked("b")).isTrue();
    assertThat(sessions.hasWorked("a")).isFalse();
    assertThat(sessions.everWorked("a")).isTrue();
    assertThat(sessions.everWorked("c")).isFalse();
    assertThat(sessions.everWorked(null)).isFalse();
    assertThat(sessions.workedWith()).isNull();
  }

  @Test
  void refusalsCountInARowAndOfOneSession() {
    assertThat(sessions.refused("a")).isEqualTo(1);
    assertThat(sessions.refused("a")).isEqualTo(2);
    assertThat(sessions.refused("b")).isEqualTo(1);
    sessions.worked("b", null, Instant.EPOCH);
    assertThat(sessions.refused("b")).isEqualTo(1);
  }

  @Test
  void aRevisionThatIsNotToldLeavesTheAgreedOne() {
    sessions.agreed("2025-06-18");
    sessions.agreed(null);
    assertThat(sessions.revision()).isEqualTo("2025-06-18");
  }
}
