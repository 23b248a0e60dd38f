package io.github.mcpauth.it.areas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.peers.JavaSdkHost;
import io.github.mcpauth.it.peers.LangChain4jHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plainest case: the server asks for a login as it should, and the application has none. */
class NoLoginIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "java, /mcp, streamable, httpRequestCustomizer",
    "java, /sse, sse, httpRequestCustomizer",
    "langchain4j, /mcp, streamable, customHeaders",
    "langchain4j, /sse, sse, customHeaders",
    "kotlin, /mcp, connect, Auth plugin"
  })
  void anSdkWithoutALoginIsToldOnceWithWhatToConfigureInIt(
      String sdk, String path, String how, String configures) {
    String hint =
        "WWW-Authenticate: Bearer resource_metadata="
            + "\"http://127.0.0.1:1/.well-known/oauth-protected-resource\"";
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, hint, ""))) {
      ForkedJvm.Run run = host(sdk).main(program(sdk), server.url(path), how).run();
      assertThat(run.log().findings()).as(run.stderr()).containsExactly("challenge-ignored");
      JsonNode finding = run.log().events("finding").get(0);
      assertThat(finding.path("mcpauth.title").asText())
          .isEqualTo("Your application has no login for this server");
      assertThat(finding.path("mcpauth.actor").asText()).isEqualTo("host");
      assertThat(finding.path("mcpauth.confidence").asText()).isEqualTo("likely");
      assertThat(finding.path("mcpauth.remedy"))
          .hasSize(2)
          .first()
          .satisfies(step -> assertThat(step.asText()).contains(configures));
      List<JsonNode> statuses = run.log().events("server.status");
      assertThat(statuses).hasSize(1);
      assertThat(run.stderr())
          .containsOnlyOnce("mcpauth: not connected: " + server.url(path))
          .contains(
              "mcpauth:   why:      Your application has no login for this server"
                  + " [challenge-ignored]")
          .contains("mcpauth:   who:      your application must act (likely)");
    }
  }

  @Test
  void aLoginThatWasStartedAndNotFinishedIsToldInOtherWords() {
    try (Site site = new Site().on("POST /mcp", RawServer.response(401, Site.HINT, ""))) {
      site.on("POST /mcp initialize", RawServer.response(401, Site.HINT, ""));
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .main(OAuthProgram.class, site.url(""), "init", "prm", "asm", "register")
              .run();
      assertThat(run.log().findings()).doesNotContain("challenge-ignored");
      assertThat(run.stderr())
          .doesNotContain("has no login")
          .containsOnlyOnce("mcpauth: not connected: " + site.url("/mcp"))
          .contains("A login was started and not finished");
    }
  }

  /** Healthy traffic: logins, refreshes, pauses and some hundred calls. */
  @Test
  void aLoginThatSucceedsIsToldOfNothing() {
    List<String> steps = new ArrayList<>(List.of("init", "prm", "asm", "register", "code", "init"));
    for (int i = 0; i < 6; i++) {
      steps.addAll(Collections.nCopies(60, "list"));
      steps.add("refresh");
      steps.add("pause");
    }
    try (Site site = new Site()) {
      site.on(
          "POST /mcp initialize",
          RawServer.response(401, Site.HINT, ""),
          Site.json(200, Site.INITIALIZED));
      List<String> arguments = new ArrayList<>(List.of(site.url("")));
      arguments.addAll(steps);
      ForkedJvm.Run run =
          ForkedJvm.in(folder).main(OAuthProgram.class, arguments.toArray(new String[0])).run();
      assertThat(run.log().findings()).as(run.stderr()).isEmpty();
      assertThat(run.log().events("server.status")).isEmpty();
      assertThat(run.log().events("http.exchange")).hasSizeGreaterThan(300);
      assertThat(run.stderr().lines().filter(line -> line.startsWith("mcpauth"))).hasSize(1);
    }
  }

  private ForkedJvm host(String sdk) {
    ForkedJvm jvm = ForkedJvm.in(folder);
    return sdk.equals("kotlin") ? jvm.classPath(ForkedJvm.newestOkHttp()) : jvm;
  }

  private static Class<?> program(String sdk) {
    return switch (sdk) {
      case "java" -> JavaSdkHost.class;
      case "langchain4j" -> LangChain4jHost.class;
      default -> KotlinSdkHost.class;
    };
  }
}
