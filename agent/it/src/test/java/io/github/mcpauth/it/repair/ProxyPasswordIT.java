package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is kept from another origin is not kept from the host's own proxy, over which a request gets
 * there: with the fix a redirect goes as far as without.
 */
class ProxyPasswordIT {

  private static final String JSON = "Content-Type: application/json";

  @TempDir Path folder;

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "jdk-default", "okhttp"})
  void aRedirectGoesThroughTheProxyAsWithout(String client) throws IOException {
    try (RawServer proxy = RawServer.answering(this::answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses() + File.pathSeparator + ForkedJvm.okhttp("newest"))
              .main(
                  ProxyProgram.class, client, String.valueOf(URI.create(proxy.origin()).getPort()))
              .set("autofix", "safe")
              .run();
      assertThat(run.stdout()).isEqualTo("200\n200\n");
      assertThat(seen).anyMatch(line -> line.startsWith("POST http://elsewhere.example/x"));
    }
  }

  private String answer(RawServer.Request request) {
    if (request.header("Proxy-Authorization") == null) {
      return RawServer.response(407, "Proxy-Authenticate: Basic realm=\"proxy\"", "");
    }
    seen.add(request.line());
    boolean moves = request.line().contains("mcp.example") && request.text().contains("tools/list");
    return moves
        ? RawServer.response(307, "Location: http://elsewhere.example/x", "")
        : RawServer.response(200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
  }
}
