package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first exchange is rehearsed where the client that comes up leaves time for it. */
class RehearsedIT {

  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({"okhttp,true", "java.net.http,false"})
  void theFirstExchangeIsRehearsedForOkHttpAlone(String client, boolean rehearsed)
      throws IOException {
    Path classes = work.resolve("classes.log");
    try (RawServer server =
        RawServer.answering(
            request -> RawServer.response(200, "Content-Type: application/json", ANSWER))) {
      ForkedJvm.Run run =
          ForkedJvm.in(work)
              .jvm("-Xlog:class+load:file=" + classes)
              .main(FirstCall.class, client, server.url("/mcp"))
              .run();
      assertThat(run.stdout()).startsWith("200");
      assertThat(run.exit()).isZero();
    }
    String played = "io.github.mcpauth.agent.recorder.Rehearsal ";
    assertThat(Files.readString(classes).contains(played)).isEqualTo(rehearsed);
    assertThat(Files.readString(work.resolve("mcpauth.jsonl")))
        .contains("initialize")
        .doesNotContain("rehearsal.invalid");
  }
}
