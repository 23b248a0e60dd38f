package io.github.mcpauth.it.equal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.equal.Reply.Fault;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/2 that breaks off in the middle of a tool call, with every safe fix on: what ran is not run
 * again, whichever attempt it was, and the application is not shown the refusal that came before.
 */
class FaultyStreamsIT {

  private static final List<Fault> FAULTS =
      List.of(
          Fault.REFUSED_STREAM,
          Fault.STREAM_RESET,
          Fault.STREAM_RESET_WITHIN,
          Fault.GOAWAY_WITHOUT,
          Fault.GOAWAY_AFTER);

  @TempDir Path folder;

  /** What a server gave each call, and what the application saw. */
  private record Outcome(List<Object> given, String seen) {}

  /** The rules and causes that were found, by fault. */
  private final Map<Fault, List<String>> found = new EnumMap<>(Fault.class);

  private List<Outcome> outcomes(Path jdk, String client, boolean agent, Object... before) {
    List<FaultyServer> servers = new ArrayList<>();
    List<String> args = new ArrayList<>(List.of(client));
    for (Fault fault : FAULTS) {
      List<Object> script = new ArrayList<>(List.of(before));
      script.add(fault);
      servers.add(new FaultyServer(FaultyCalls.CALL.length(), script));
      args.add(servers.get(servers.size() - 1).url());
    }
    try {
      Path work = folder.resolve(client + agent + before.length);
      ForkedJvm jvm =
          ForkedJvm.in(work).javaHome(jdk).main(FaultyCalls.class, args.toArray(String[]::new));
      ForkedJvm.Run run = agent ? jvm.set("autofix", "safe").run() : jvm.withoutAgent().run();
      assertThat(run.log().events("agent.error")).isEmpty();
      List<String> said = run.stdout().lines().toList();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < FAULTS.size(); i++) {
        outcomes.add(new Outcome(servers.get(i).given(), said.get(i)));
        String url = servers.get(i).url();
        found.put(
            FAULTS.get(i),
            run.log().events("finding").stream()
                .filter(each -> each.path("mcpauth.server.url").asText().equals(url))
                .map(
                    each ->
                        each.path("mcpauth.rule").asText()
                            + '('
                            + each.path("mcpauth.cause").asText()
                            + ')')
                .toList());
      }
      return outcomes;
    } finally {
      servers.forEach(FaultyServer::close);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aCallThatBreaksOffIsTheClientsOwnToRepeat(Path jdk, String client) {
    List<Outcome> own = outcomes(jdk, client, false);
    List<Outcome> watched = outcomes(jdk, client, true);
    assertThat(watched).isEqualTo(own);
    for (int i = 0; i < FAULTS.size(); i++) {
      boolean failed = watched.get(i).seen().equals("failed");
      assertThat(found.get(FAULTS.get(i)))
          .as("%s: one finding where the application saw a failure", FAULTS.get(i))
          .hasSize(failed ? 1 : 0)
          .isSubsetOf(causes(FAULTS.get(i)));
    }
  }

  /** The causes that are right; of a reset that comes with a GOAWAY, a JDK tells either. */
  private static List<String> causes(Fault fault) {
    return switch (fault) {
      case REFUSED_STREAM -> List.of("stale-connection(refused-stream)");
      case STREAM_RESET -> List.of("server-not-answering(http2-reset)");
      case STREAM_RESET_WITHIN -> List.of("call-unanswered(truncated)");
      case GOAWAY_WITHOUT -> List.of("stale-connection(goaway)");
      default -> List.of("stale-connection(goaway)", "server-not-answering(http2-reset)");
    };
  }

  /**
   * The first attempt is refused with proof, and a fix makes another: of that one the client makes
   * what it makes of its own. OkHttp sends a call again whose stream was reset, java.net.http shows
   * the failure; neither shows the refusal from before, which says to send it again.
   */
  @ParameterizedTest
  @MethodSource("clients")
  void aCallThatAFixRepeatedBreaksOffAsAnyOther(Path jdk, String client) {
    List<Outcome> own = outcomes(jdk, client, false);
    List<Outcome> repeated = outcomes(jdk, client, true, 431);
    for (int i = 0; i < FAULTS.size(); i++) {
      List<Object> given = new ArrayList<>(List.of(431));
      given.addAll(own.get(i).given());
      assertThat(repeated.get(i)).isEqualTo(new Outcome(given, own.get(i).seen()));
    }
  }

  static Stream<Arguments> clients() {
    return Jdks.all().stream()
        .flatMap(jdk -> Stream.of(Arguments.of(jdk, "jdk"), Arguments.of(jdk, "okhttp")));
  }
}
