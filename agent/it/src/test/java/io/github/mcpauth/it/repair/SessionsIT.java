package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that restarted and forgot their sessions, under the real SDKs. */
class SessionsIT {

  private static final String LOST = "session-lost";

  /** What a transport says that has not dispatched the request. */
  static final String UNKNOWN =
      "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,"
          + "\"message\":\"Bad Request: No valid session ID provided\"},\"id\":null}";

  @TempDir Path folder;

  /** In each status with which transports refuse a session that they do not know. */
  private static List<Twice.Server> forgetting() {
    return List.of(
        () -> new FakeMcp(404, UNKNOWN).forgetting(),
        () -> new FakeMcp(400, UNKNOWN).forgetting(),
        () -> new FakeMcp(500, UNKNOWN).forgetting(),
        () -> new FakeMcp(404, UNKNOWN).forgetting().streaming(),
        () -> new FakeMcp(400, UNKNOWN).forgetting().streaming());
  }

  /** In ways that leave open whether the call was run before. */
  private static List<Twice.Server> leavingOpen() {
    return List.of(
        () -> new FakeMcp(404, "").forgetting(),
        () -> new FakeMcp(404, "Session not found").forgetting(),
        () -> new FakeMcp(401, "unknown session").forgetting(),
        () -> new FakeMcp(500, "session missing").forgetting());
  }

  private static Twice.Host host(String sdk) {
    return (jvm, origins) -> {
      List<String> args = new ArrayList<>(origins);
      switch (sdk) {
        case "java-sdk" -> {
          args.replaceAll(origin -> "none=" + origin);
          return jvm.main(JavaSdkCalls.class, args.toArray(String[]::new));
        }
        case "langchain4j" -> {
          args.add(0, "none");
          return jvm.main(LangChain4jCalls.class, args.toArray(String[]::new));
        }
        default -> {
          args.add(0, sdk.substring(sdk.indexOf('/') + 1));
          return jvm.classPath(ForkedJvm.newestOkHttp())
              .main(KotlinSdkCalls.class, args.toArray(String[]::new));
        }
      }
    };
  }

  /** How many of the servers' first calls each SDK loses by itself. */
  @ParameterizedTest
  @CsvSource({"java-sdk, 5", "langchain4j, 3", "kotlin-sdk/okhttp, 5", "kotlin-sdk/java, 5"})
  void theCallInFlightSucceedsInANewSession(String sdk, int lost) {
    List<Twice.Server> servers = forgetting();
    Twice twice = Twice.run(folder, host(sdk), servers, LOST);
    assertThat(firstCalls(twice.off())).as(twice.off().run().stderr()).hasSize(servers.size());
    assertThat(Collections.frequency(firstCalls(twice.off()), "failed")).isEqualTo(lost);
    List<String> healed = new ArrayList<>();
    servers.forEach(server -> healed.addAll(List.of("tools: 1", "paid 1", "paid 2")));
    assertThat(twice.on().said()).as(twice.on().run().stderr()).isEqualTo(healed);
    assertThat(twice.on().applied()).hasSize(servers.size()).containsOnly(LOST);
    for (var server : twice.on().servers()) {
      assertThat(server.requests())
          .filteredOn(request -> request.text().contains("\"initialize\""))
          .hasSize(2)
          .allMatch(request -> request.header("Mcp-Session-Id") == null);
    }
  }

  /** Both clients, under an SDK that does nothing about it by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"kotlin-sdk/okhttp", "kotlin-sdk/java"})
  void aCallThatMayHaveRunIsLeftAndTheNextOneIsInANewSession(String sdk) {
    List<Twice.Server> servers = leavingOpen();
    Twice.Side side = Twice.side(folder, host(sdk), servers, LOST);
    List<String> said = new ArrayList<>();
    servers.forEach(server -> said.addAll(List.of("tools: 1", "failed", "paid 1")));
    assertThat(side.said()).as(side.run().stderr()).isEqualTo(said);
    for (var server : side.servers()) {
      assertThat(server.requests())
          .filteredOn(request -> request.text().contains("\"tools/call\""))
          .hasSize(2);
    }
  }

  private static List<String> firstCalls(Twice.Side side) {
    List<String> calls = new ArrayList<>();
    List<String> said = side.said();
    for (int i = 0; i + 1 < said.size(); i++) {
      if (said.get(i).startsWith("tools: ")) {
        calls.add(said.get(i + 1));
      }
    }
    return calls;
  }

  @Test
  void aSessionTiedToTheTokenIsOpenedAnewAndAStaleTokenIsRenewedInOneCall() {
    List<Twice.Server> servers =
        List.of(
            () -> new FakeMcp(400, UNKNOWN).authorizing().tying(),
            () -> new FakeMcp(401, UNKNOWN).authorizing().tying(),
            () -> new FakeMcp(403, UNKNOWN).authorizing().tying(),
            () -> new FakeMcp(404, UNKNOWN).authorizing().tying(),
            () -> new FakeMcp(500, UNKNOWN).authorizing().tying());
    Twice.Host host =
        (jvm, origins) -> {
          List<String> args = new ArrayList<>(origins);
          args.replaceAll(origin -> "fixed=" + origin);
          return jvm.main(JavaSdkCalls.class, args.toArray(String[]::new));
        };
    Twice twice =
        Twice.run(folder, host, servers, "stale-session-after-auth", "stale-token-after-auth");
    assertThat(firstCalls(twice.off())).hasSize(5).containsOnly("failed");
    assertThat(firstCalls(twice.on())).as(twice.on().run().stdout()).hasSize(5);
    assertThat(firstCalls(twice.on())).containsOnly("paid 1");
    assertThat(twice.on().applied()).contains("stale-session-after-auth", "stale-token-after-auth");
  }
}
