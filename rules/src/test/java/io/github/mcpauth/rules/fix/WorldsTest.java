package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.Watch.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hunt: random hosts with several users, servers of several owners, authorization servers that
 * they share, hints, documents and redirects that lie, and code that has nothing to do with any of
 * it. With every fix on, no credential goes where it was not issued for or first used by the host,
 * none stands in for another user's, nothing runs twice; with fixes off nothing changes at all.
 *
 * <p>{@code GUARDS.md} has, for each guard of these promises, a seed that finds it missing.
 *
 * <p>{@code -Dmcpauth.worlds=1000000} makes more, {@code -Dmcpauth.worlds.seed=…} begins elsewhere.
 */
class WorldsTest {

  private static final int WORLDS = Integer.getInteger("mcpauth.worlds", 10_000);
  static final long SEED = Long.getLong("mcpauth.worlds.seed", 20261125);

  @Test
  void noWorldHasAViolation() {
    List<Violation> found = new ArrayList<>();
    int helped = 0;
    int offered = 0;
    for (int i = 0; i < WORLDS && found.size() < 5; i++) {
      World world = new World(SEED + i, true);
      world.play();
      found.addAll(world.watch.violations);
      helped += world.watch.changed;
      offered += world.actions;
    }
    assertThat(found).isEmpty();
    // A hunt in which the fixes never act would find nothing, whatever they did.
    assertThat(helped).isGreaterThan(WORLDS / 20);
    assertThat(offered).isGreaterThan(WORLDS);
  }

  /** What longer hunts found: holes, and worlds whose judge was wrong. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        77015327L, 77025115L, 77082706L, 77087380L, 77101655L, 77109500L, 77111218L, 20318934L,
        20346696L, 20372039L, 30070995L, 30135340L
      })
  void whatALongHuntFoundIsGone(long seed) {
    World world = new World(seed, true);
    world.play();
    assertThat(world.watch.violations).isEmpty();
  }

  @Test
  void withoutFixesNothingChanges() {
    for (int i = 0; i < WORLDS / 10; i++) {
      World world = new World(SEED + i, false);
      world.play();
      assertThat(world.watch.violations).isEmpty();
      assertThat(world.watch.changed).as("seed %s", SEED + i).isZero();
    }
  }
}
