package io.github.mcpauth.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real MCP SDKs in forked JVMs, against servers that fail in one way each. */
class PeersIT {

  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"protocolVersion\":\"2025-06-18\","
          + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}";
  private static final String TOOLS = "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"tools\":[]}}";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "JavaSdkHost, streamable",
    "JavaSdkHost, sse",
    "LangChain4jHost, streamable",
    "LangChain4jHost, sse"
  })
  void aRefusalWithoutAHintIsOneFindingThatNamesTheHeader(String host, String transport) {
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", ""))) {
      ForkedJvm.Run run = run(host, server.url("/sse"), transport);
      assertThat(run.log().findings()).containsExactly("missing-resource-metadata");
      JsonNode finding = run.log().events("finding").get(0);
      assertThat(finding.path("mcpauth.severity").asText()).isEqualTo("error");
      assertThat(finding.path("mcpauth.actor").asText()).isEqualTo("mcp-server");
      assertThat(finding.path("mcpauth.remedy").toString())
          .contains("resource_metadata=")
          .contains("/.well-known/oauth-protected-resource/sse");
      assertThat(run.stderr()).contains("error [missing-resource-metadata]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JavaSdkHost", "LangChain4jHost"})
  void aHealthySessionHasNoFindingAndEveryMessage(String host) {
    try (RawServer server = RawServer.answering(PeersIT::healthy)) {
      ForkedJvm.Run run = run(host, server.url("/mcp"), "streamable");
      assertThat(run.stdout()).contains("tools: 0");
      assertThat(run.log().findings()).isEmpty();
      assertThat(run.log().states()).startsWith("connecting", "connected");
      assertThat(run.log().events("agent.error")).isEmpty();
      assertThat(run.stderr().lines().filter(line -> line.startsWith("mcpauth"))).hasSize(1);
      assertThat(messages(run, "sent")).contains("initialize", "tools/list");
      assertThat(messages(run, "received")).contains("initialize", "tools/list");
      for (JsonNode line : run.log().events("http.exchange")) {
        assertThat(line.has("mcpauth.duration_ms")).isTrue();
        assertThat(line.path("mcpauth.role").asText()).isEqualTo("mcp");
        assertThat(line.path("server.address").asText()).isEqualTo("127.0.0.1");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '{\"error\":\"login required\"}', '', forbidden-on-connect",
    "text/html, '<html>Just a moment...</html>', 'cf-mitigated: challenge', blocked-before-server",
    "text/plain, 'Invalid Host header', '', host-or-origin-rejected"
  })
  void aForbiddenConnectIsReadForWhatItMeans(String type, String body, String header, String rule) {
    String headers = "Content-Type: " + type + (header.isEmpty() ? "" : "\n" + header);
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(403, headers, body))) {
      ForkedJvm.Run run = run("JavaSdkHost", server.url("/mcp"), "streamable");
      assertThat(run.log().findings()).containsExactly(rule);
      String state = rule.equals("forbidden-on-connect") ? "needs-auth" : "blocked";
      assertThat(run.log().states()).contains(state);
    }
  }

  @Test
  void aForbiddenTokenIsNotAMissingLogin() {
    try (RawServer server = RawServer.answering(request -> RawServer.response(403, "", ""))) {
      ForkedJvm.Run run = run("JavaSdkHost", server.url("/mcp"), "streamable", "secret-token-1234");
      assertThat(run.log().findings()).doesNotContain("forbidden-on-connect");
      assertThat(run.log().lines().toString()).doesNotContain("secret-token-1234");
    }
  }

  @Test
  void aFatTokenIsNamedWhetherTheServerSays431OrHidesIt() {
    String tomcat = "<html><p>Request header is too large</p></html>";
    String token = "x".repeat(9000);
    for (String answer :
        new String[] {
          RawServer.response(431, "", ""),
          RawServer.response(400, "Content-Type: text/html", tomcat)
        }) {
      try (RawServer server = RawServer.answering(request -> answer)) {
        ForkedJvm.Run run = run("JavaSdkHost", server.url("/mcp"), "streamable", token);
        assertThat(run.log().findings()).containsExactly("request-headers-rejected");
        assertThat(run.log().events("finding").get(0).path("mcpauth.finding.text").asText())
            .contains("Authorization 90");
      }
    }
  }

  @Test
  void largeHeadersThatPassAreAWarning() {
    try (RawServer server = RawServer.answering(PeersIT::healthy)) {
      ForkedJvm.Run run = run("JavaSdkHost", server.url("/mcp"), "streamable", "y".repeat(6500));
      assertThat(run.log().findings()).containsExactly("oversized-request-headers");
    }
  }

  @Test
  void aPortWhereNobodyListensIsUnreachable() {
    RawServer server = RawServer.answering(request -> "");
    server.refuse();
    try (server) {
      ForkedJvm.Run run = run("JavaSdkHost", server.url("/mcp"), "streamable");
      assertThat(run.log().findings()).containsExactly("server-unreachable");
      assertThat(run.log().states()).contains("failed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing-resource-metadata, 401, on, true",
    "missing-resource-metadata, 401, dry-run, false",
    "forbidden-on-connect, 403, on, true",
    "forbidden-on-connect, 403, dry-run, false"
  })
  void aFixShowsTheSdkAUsableChallenge(String rule, int status, String mode, boolean shown) {
    String type = "Content-Type: application/json";
    String document = "{\"resource\":\"x\",\"authorization_servers\":[\"http://127.0.0.1:1\"]}";
    try (RawServer server =
        RawServer.answering(
            request ->
                request.is("GET", "/.well-known/oauth-protected-resource/mcp")
                    ? RawServer.response(200, type, document)
                    : RawServer.response(status, "", "please log in"))) {
      ForkedJvm.Run run =
          jvm("JavaSdkHost", server.url("/mcp"), "streamable").set("autofix." + rule, mode).run();
      String hint =
          "resource_metadata=\"" + server.url("/.well-known/oauth-protected-resource/mcp");
      String challenged = "refused: 401 [Bearer " + hint;
      if (shown) {
        assertThat(run.stdout()).contains(challenged);
      } else {
        assertThat(run.stdout()).doesNotContain("resource_metadata");
      }
      JsonNode applied = run.log().events("fix.applied").get(0);
      assertThat(applied.path("mcpauth.rule").asText()).isEqualTo(rule);
      assertThat(applied.path("mcpauth.fix.mode").asText()).isEqualTo(mode);
    }
  }

  @Test
  void noFixTouchesARequestThatCarriedAToken() {
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", ""))) {
      ForkedJvm.Run run =
          jvm("JavaSdkHost", server.url("/mcp"), "streamable", "a-token-0123456789")
              .set("autofix", "safe")
              .run();
      assertThat(run.stdout()).contains("refused: 401 []");
      assertThat(run.log().events("fix.applied")).isEmpty();
      assertThat(run.log().events("fix.skipped")).isNotEmpty();
    }
  }

  @Test
  void theNewerJdkBehavesTheSame() {
    Path newer = Jdks.newer();
    assumeTrue(newer != null, "no newer JDK on this machine");
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", ""))) {
      ForkedJvm.Run run =
          jvm("JavaSdkHost", server.url("/mcp"), "streamable").javaHome(newer).run();
      assertThat(run.log().findings()).containsExactly("missing-resource-metadata");
    }
  }

  private ForkedJvm.Run run(String host, String... args) {
    return jvm(host, args).run();
  }

  private ForkedJvm jvm(String host, String... args) {
    Class<?> program = host.equals("JavaSdkHost") ? JavaSdkHost.class : LangChain4jHost.class;
    Path work = folder.resolve(String.valueOf(System.nanoTime()));
    return ForkedJvm.in(work).main(program, args);
  }

  private static List<String> messages(ForkedJvm.Run run, String direction) {
    return run.log().events("mcp.message").stream()
        .filter(line -> line.path("mcpauth.direction").asText().equals(direction))
        .map(line -> line.path("mcp.method.name").asText())
        .toList();
  }

  private static String healthy(RawServer.Request request) {
    if (!request.line().startsWith("POST")) {
      return RawServer.response(405, "", "");
    }
    String text = request.text();
    Function<String, String> json =
        body -> RawServer.response(200, "Content-Type: application/json", body);
    String id = text.replaceAll("(?s).*\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+).*", "$1");
    if (text.contains("\"initialize\"")) {
      return json.apply(INITIALIZED.replace("@", id));
    }
    return text.contains("tools/list")
        ? json.apply(TOOLS.replace("@", id))
        : RawServer.response(202, "", "");
  }
}
