package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that break on the offer of HTTP/2 over cleartext, which LangChain4j makes. */
class Http2IT {

  @TempDir Path folder;

  private static Function<Request, String> breaking(boolean hangs) {
    FakeMcp server = new FakeMcp(404, "");
    return request -> {
      if (request.header("Upgrade") == null) {
        return server.apply(request);
      }
      return hangs ? RawServer.NONE : ""; // The latter closes the connection.
    };
  }

  @Test
  void langChain4jConnectsOverHttp1() {
    Twice.Host host =
        (jvm, origins) ->
            jvm.jvm("-Dlongest=12")
                .main(LangChain4jCalls.class, "none", origins.get(0), origins.get(1));
    List<Twice.Server> servers = List.of(() -> breaking(false), () -> breaking(true));
    Twice twice = Twice.run(folder, host, servers, "http2-upgrade-breaks-server");
    assertThat(twice.off().said()).hasSize(2).allMatch(line -> line.startsWith("failed"));
    assertThat(twice.on().said())
        .containsExactly("tools: 1", "paid 1", "paid 2", "tools: 1", "paid 1", "paid 2");
    for (var server : twice.on().servers()) {
      assertThat(server.requests()).noneMatch(request -> request.header("Upgrade") != null);
    }
  }

  /** Switched on with the safe ones, it acts where it was seen that the server breaks. */
  @Test
  void aServerThatBrokeOnceIsSpokenToOverHttp1FromThenOn() {
    List<String> requests =
        List.of(
            Requests.post("h2", "@/mcp", Requests.INITIALIZE),
            Requests.post("h2,async", "@/mcp", Requests.INITIALIZE));
    Twice.Host host =
        (jvm, origins) -> Twice.plain(requests).in(jvm.set("autofix", "safe"), origins);
    Twice.Server server = () -> breaking(false);
    Twice.Side side = Twice.side(folder, host, List.of(server, server, Twice.ELSEWHERE));
    assertThat(side.said("jdk").get(0)).isEqualTo("failed");
    assertThat(side.said("jdk").get(1)).startsWith("200");
    assertThat(side.said("okhttp")).allMatch(line -> line.startsWith("200"));
  }
}
