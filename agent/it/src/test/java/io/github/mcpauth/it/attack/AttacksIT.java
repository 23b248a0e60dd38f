package io.github.mcpauth.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every attack of {@code attacks.txt} against the real jar: a program that has nothing to do with
 * the agent makes the requests, raw servers answer them, and what the servers received decides. All
 * attacks with the same settings share a JVM, each with servers and secrets of its own.
 *
 * <p>{@code -Dattacks.jar=<path>} tries them against another jar, to see which of them succeed
 * there; {@code -Dattacks.only=<id>,…} tries those alone whose id begins so; {@code
 * -Dattacks.alone=true} gives each a JVM of its own. What came of each stands in {@code
 * target/attacks.txt}.
 */
class AttacksIT {

  private static final Path JAR = Path.of(System.getProperty("attacks.jar", ForkedJvm.AGENT + ""));
  private static final boolean ALONE = Boolean.getBoolean("attacks.alone");
  private static final String[] ONLY = System.getProperty("attacks.only", "").split(",");
  private static final List<String> TABLE = new ArrayList<>();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> noAttackSucceeds() {
    Map<String, Group> groups = new LinkedHashMap<>();
    int number = 0;
    for (Scenario scenario : Scenario.all()) {
      for (String settings : wanted(scenario) ? scenario.settings() : List.<String>of()) {
        for (String client : scenario.clients()) {
          groups
              .computeIfAbsent(
                  ALONE ? settings + ' ' + number : settings,
                  any -> new Group(settings, new ArrayList<>()))
              .plays()
              .add(new Play(number++, scenario, client));
        }
      }
    }
    return groups.values().stream().map(this::tests);
  }

  private static boolean wanted(Scenario scenario) {
    return Arrays.stream(ONLY).anyMatch(scenario.id()::startsWith);
  }

  private DynamicContainer tests(Group group) {
    Group.Outcome outcome;
    try {
      outcome = group.run(folder.resolve(group.plays().get(0).name().replace('/', '-')), JAR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Stream<DynamicTest> each = group.plays().stream().map(play -> test(group, play, outcome));
    DynamicTest all =
        DynamicTest.dynamicTest(
            "no secret is shown, " + group.settings(),
            () -> {
              assertThat(outcome.run().exit()).isZero();
              assertThat(outcome.run().stdout()).isEmpty();
              assertThat(outcome.run().log().events("agent.error")).isEmpty();
              assertThat(group.shown(outcome.run())).isEmpty();
            });
    return DynamicContainer.dynamicContainer(group.settings(), Stream.concat(each, Stream.of(all)));
  }

  private static DynamicTest test(Group group, Play play, Group.Outcome outcome) {
    return DynamicTest.dynamicTest(
        play.name() + ", " + group.settings(),
        () -> {
          List<String> denied = play.denied(outcome.answers(), outcome.run());
          play.close();
          String held = denied.isEmpty() ? "held      " : "succeeded ";
          TABLE.add(held + play.name() + ", " + group.settings());
          assertThat(denied).isEmpty();
        });
  }

  @AfterAll
  static void writeTable() throws IOException {
    Files.write(Path.of("target", "attacks.txt"), TABLE);
  }
}
