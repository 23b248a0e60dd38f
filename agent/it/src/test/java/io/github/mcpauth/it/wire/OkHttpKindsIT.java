package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host hangs on OkHttp sees what it saw before, and every exchange is one line. */
class OkHttpKindsIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "middle", "newest"})
  void interceptorsAuthenticatorsCallbacksAndEventSourcesSeeTheSame(String version) {
    try (RawServer server = RawServer.answering(OkHttpKindsIT::answer)) {
      ForkedJvm.Run bare = jvm("bare", version, server).withoutAgent().run();
      int requests = server.requests().size();
      ForkedJvm.Run run = jvm("watched", version, server).run();
      assertThat(run.stdout()).as(run.stderr()).isEqualTo(bare.stdout());
      assertThat(run.stdout())
          .contains("application > POST", "network < 200", "authenticator 401", "once 200")
          .contains("enqueued 200", "event 7 message", "closed")
          .contains("broken java.io.IOException: the host's own");
      assertThat(server.requests()).hasSize(2 * requests);
      // One whose body breaks off does not arrive, but it is an exchange.
      assertThat(run.log().events("http.exchange")).hasSize(requests + 1);
      assertThat(run.log().events("http.exchange"))
          .filteredOn(line -> line.path("error.type").asText().equals("java.io.IOException"))
          .hasSize(1);
      assertThat(run.log().events("http.exchange"))
          .filteredOn(line -> line.has("mcpauth.exchange.cause"))
          .singleElement()
          .matches(line -> line.path("http.response.status_code").asInt() == 200);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  @Test
  void twoVersionsInOneJvmAreBothWatched() {
    try (RawServer server = RawServer.answering(OkHttpKindsIT::answer)) {
      String sets = System.getProperty("okhttp.sets");
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses())
              .main(LoadersProgram.class, server.url("/mcp"), sets + "/oldest", sets + "/newest")
              .run();
      assertThat(run.stdout().lines()).containsExactly("200 " + RESULT, "200 " + RESULT);
      assertThat(run.log().events("http.exchange")).hasSize(2);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  private ForkedJvm jvm(String name, String version, RawServer server) {
    String okhttp =
        version.equals("middle")
            ? ForkedJvm.jars("okhttp-", "okio", "kotlin-stdlib")
            : ForkedJvm.okhttp(version);
    return ForkedJvm.in(folder.resolve(name))
        .classPath(ForkedJvm.testClasses() + File.pathSeparator + okhttp)
        .main(OkHttpKindsProgram.class, server.origin());
  }

  private static String answer(RawServer.Request request) {
    String json = "Content-Type: application/json";
    String path = request.line().split(" ")[1];
    return switch (path) {
      case "/zipped" -> RawServer.response(200, json + "\nContent-Encoding: gzip", zipped(RESULT));
      case "/refused" ->
          request.header("Authorization") == null
              ? RawServer.response(401, "WWW-Authenticate: Bearer realm=\"x\"", "log in")
              : RawServer.response(200, json, RESULT);
      case "/stream" ->
          RawServer.response(
              200,
              "Content-Type: text/event-stream",
              "id: 7\nevent: message\ndata: " + RESULT + "\n\n");
      case "/echo" -> RawServer.response(200, json, request.text());
      default -> RawServer.response(200, json, RESULT);
    };
  }

  private static String zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
