package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopesTest {

  private static final Challenge SILENT = Challenge.of(List.of("Bearer"));
  private static final Challenge DEMANDING = Challenge.of(List.of("Bearer scope=\"write admin\""));

  @Test
  void prefersTheChallengeToTheMetadata() {
    assertThat(Scopes.select(Set.of(), DEMANDING, List.of("read")))
        .containsExactly("write", "admin");
    assertThat(Scopes.select(Set.of(), SILENT, List.of("read"))).containsExactly("read");
    assertThat(Scopes.select(Set.of(), SILENT, List.of())).isEmpty();
  }

  @Test
  void addsToWhatWasAskedForBefore() {
    assertThat(Scopes.select(Set.of("read"), DEMANDING, List.of()))
        .containsExactly("read", "write", "admin");
  }

  @Test
  void asksForOfflineAccessOnlyWhereThereIsSome() {
    assertThat(Scopes.lasting(Set.of("read"), List.of("read", "offline_access")))
        .containsExactlyInAnyOrder("read", "offline_access");
    assertThat(Scopes.lasting(Set.of("read"), List.of("read"))).containsExactly("read");
    assertThat(Scopes.lasting(Set.of(), List.of("offline_access"))).isEmpty();
  }
}
