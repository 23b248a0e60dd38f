package io.github.mcpauth.it.equal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With no fix on, generated calls give the host the same observations and the server the same bytes
 * with the agent as without it. {@code -Dequality.calls=…} plays more of them than the build does,
 * {@code -Dequality.first=…} others.
 */
class EqualityIT {

  private static final int CALLS = Integer.getInteger("equality.calls", 200);
  private static final int FIRST = Integer.getInteger("equality.first", 1);
  private static final int TRIES = 5;
  private static final int SEVERAL = 50;

  @TempDir Path folder;
  private int runs;

  /** The clients; each makes half of its calls in either of its two ways. */
  enum Client {
    JAVA_NET_HTTP("jdk", ""),
    OKHTTP_4("okhttp", ForkedJvm.jars("okhttp-", "okio", "kotlin-stdlib")),
    OKHTTP_5("okhttp", ForkedJvm.okhttp("newest"));

    final String program;
    final String libraries;

    Client(String program, String libraries) {
      this.program = program;
      this.libraries = libraries;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "17, JAVA_NET_HTTP", "17, OKHTTP_4", "17, OKHTTP_5",
    "25, JAVA_NET_HTTP", "25, OKHTTP_4", "25, OKHTTP_5"
  })
  void hostAndServerCannotTellThatTheAgentIsThere(int feature, Client client) {
    Path jdk = jdk(feature);
    List<Integer> seeds = seeds(CALLS);
    try (RecordingServer server = new RecordingServer()) {
      Recording without = play(client, jdk, server, seeds, false);
      Recording with = play(client, jdk, server, seeds, true);
      assertThat(without.host().keySet()).containsExactlyElementsOf(seeds);
      List<String> differences = new ArrayList<>();
      for (int seed : without.differing(with)) {
        // Some races are the client's own, or the machine's: what differs has to do so again.
        if (differsAgain(with.of(seed), seed, client, jdk, server)) {
          differences.add(without.difference(seed, with));
        }
      }
      assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }
  }

  /**
   * Whether neither this nor what the call does with the agent a second time is seen without it.
   */
  private boolean differsAgain(
      List<String> seen, int seed, Client client, Path jdk, RecordingServer server) {
    List<Integer> several = IntStream.rangeClosed(Math.max(1, seed - 2), seed).boxed().toList();
    List<String> again = play(client, jdk, server, several, true).of(seed);
    Set<List<String>> without = new HashSet<>();
    for (int i = 0; i < TRIES; i++) {
      without.add(play(client, jdk, server, several, false).of(seed));
      if (without.contains(seen) || without.contains(again)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Such calls and the same comparison with fixes on: so it does notice what is changed. Always the
   * same calls, since not of every sixty a fix changes one.
   */
  @Test
  void whatFixesChangeIsNoticed() {
    Path jdk = jdk(17);
    try (RecordingServer server = new RecordingServer()) {
      for (Client client : List.of(Client.JAVA_NET_HTTP, Client.OKHTTP_4)) {
        List<Integer> seeds = IntStream.rangeClosed(1, 60).boxed().toList();
        Recording without = play(client, jdk, server, seeds, false);
        Recording with = play(client, jdk, server, seeds, true, "on");
        assertThat(without.differing(with)).as(client.name()).isNotEmpty();
      }
    }
  }

  private Recording play(
      Client client, Path jdk, RecordingServer server, List<Integer> seeds, boolean withAgent) {
    return play(client, jdk, server, seeds, withAgent, "off");
  }

  private Recording play(
      Client client,
      Path jdk,
      RecordingServer server,
      List<Integer> seeds,
      boolean withAgent,
      String fix) {
    List<String> arguments = new ArrayList<>(List.of(client.program, server.origin()));
    seeds.forEach(seed -> arguments.add(String.valueOf(seed)));
    String own = ForkedJvm.testClasses();
    String path = client.libraries.isEmpty() ? own : own + File.pathSeparator + client.libraries;
    ForkedJvm jvm =
        ForkedJvm.in(folder.resolve(String.valueOf(runs++)))
            .javaHome(jdk)
            .classPath(path)
            .set("autofix.redirect-broke-request", fix)
            .main(EqualityProgram.class, arguments.toArray(String[]::new));
    server.received(); // Nothing of a run before.
    ForkedJvm.Run run = (withAgent ? jvm : jvm.withoutAgent()).run();
    assertThat(run.exit()).as(run.stderr()).isZero();
    if (withAgent) {
      assertThat(run.log().events("agent.error")).isEmpty();
    }
    if (withAgent && seeds.size() >= SEVERAL) { // It was awake, and busy.
      assertThat(run.log().events("http.exchange")).hasSizeGreaterThan(seeds.size() / 4);
    }
    return Recording.of(run.stdout(), server.received());
  }

  private static List<Integer> seeds(int count) {
    return IntStream.range(FIRST, FIRST + count).boxed().toList();
  }

  private static Path jdk(int feature) {
    Path found =
        Jdks.all().stream().filter(jdk -> Jdks.feature(jdk) == feature).findFirst().orElse(null);
    String reason = "no JDK " + feature + " on this machine";
    if (found == null) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(found != null, reason);
    return found;
  }
}
