package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.Guards.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes each guard out and shows that the worlds notice: {@code GUARDS.md} has the first seed that
 * does. {@code -Dmcpauth.docs.update=true} looks for the seeds anew and writes that page.
 */
class GuardsTest {

  private static final Path PAGE = Path.of("GUARDS.md");
  private static final boolean UPDATE = Boolean.getBoolean("mcpauth.docs.update");
  private static final int MOST = Integer.getInteger("mcpauth.worlds", 30_000);

  /** A seed, and the invariant that is broken in its world. */
  private record Found(long seed, String invariant) {}

  /** Those that worlds notice. */
  static Stream<String> guards() {
    return Guards.ALL.stream().filter(each -> each.test() == null).map(Guard::name);
  }

  /** Those that a test of their own notices. */
  static Stream<String> tested() {
    return Guards.ALL.stream().filter(each -> each.test() != null).map(Guard::name);
  }

  @ParameterizedTest
  @MethodSource("tested")
  void isMissedByItsTest(String name) throws Exception {
    String test = String.valueOf(guard(name).test());
    assertThat(new WithoutGuard(guard(name)).failure(test)).isInstanceOf(AssertionError.class);
  }

  private static Guard guard(String name) {
    return Guards.ALL.stream().filter(each -> each.name().equals(name)).findAny().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("guards")
  void isMissedOnceItIsTakenOut(String name) throws Exception {
    Found known = UPDATE ? search(guard(name)) : read().get(name);
    assertThat(known).as("a seed for it in %s", PAGE).isNotNull();
    Found found = Objects.requireNonNull(known);
    assertThat(new WithoutGuard(guard(name)).worlds().apply(found.seed()))
        .isEqualTo(found.invariant());
    assertThat(new WithoutGuard.Worlds().apply(found.seed())).as("with it").isNull();
  }

  @Test
  void thePageListsEachGuard() throws IOException {
    assertThat(read().keySet()).containsExactlyInAnyOrderElementsOf(guards().toList());
  }

  private static Map<String, Found> read() throws IOException {
    Map<String, Found> found = new HashMap<>();
    for (String line : Files.exists(PAGE) ? Files.readAllLines(PAGE) : List.<String>of()) {
      String[] cells = line.split(" *\\| *");
      if (cells.length == 5 && cells[1].startsWith("`")) {
        String name = cells[1].replace("`", "");
        found.put(name, new Found(Long.parseLong(cells[3]), cells[4]));
      }
    }
    return found;
  }

  private static @Nullable Found search(Guard guard) throws Exception {
    LongFunction<@Nullable String> worlds = new WithoutGuard(guard).worlds();
    for (long seed = WorldsTest.SEED; seed < WorldsTest.SEED + MOST; seed++) {
      String invariant = worlds.apply(seed);
      if (invariant != null) {
        Found found = new Found(seed, invariant);
        write(guard, found);
        return found;
      }
    }
    return null;
  }

  private static synchronized void write(Guard guard, Found found) throws IOException {
    Map<String, Found> all = read();
    all.put(guard.name(), found);
    StringBuilder page = new StringBuilder(HEAD);
    for (Guard each : Guards.ALL) {
      Found its = all.get(each.name());
      if (its != null && each.test() == null) {
        page.append(
            String.format(
                "| `%s` | %s | %d | %s |%n",
                each.name(), each.keeps(), its.seed(), its.invariant()));
      }
    }
    page.append(TAIL);
    for (Guard each : Guards.ALL) {
      String test = each.test();
      if (test != null) {
        String shown = test.substring(test.indexOf('.') + 1);
        page.append(String.format("| `%s` | %s | `%s` |%n", each.name(), each.keeps(), shown));
      }
    }
    Files.writeString(PAGE, page);
  }

  private static final String HEAD =
      """
      # Guards

      What keeps the promises of the fixes, and how that is shown. `WorldsTest` plays random worlds
      (hosts with several users, servers and authorization servers of several owners, lies, failures,
      time) with every fix on and looks at each request that leaves. Here each guard is taken out in
      turn: its method says always what it says where nothing is wrong. The seed is the first world
      that notices; `GuardsTest` plays it with the guard and without.

      | guard | what it keeps | seed | what is broken without it |
      |---|---|---|---|
      """;

  private static final String TAIL =
      """

      Behind some guards another one stands, and some a world meets too rarely for a short search. Of
      these each has a test of its own, which `GuardsTest` plays without the guard, and which fails then.

      | guard | what it keeps | test |
      |---|---|---|
      """;
}
