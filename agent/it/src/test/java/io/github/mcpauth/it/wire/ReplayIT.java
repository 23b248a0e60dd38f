package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.HangingServer;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fix's replay: whole, or not at all; and whatever becomes of it, the host has an answer. */
class ReplayIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "okhttp"})
  void aReplayIsWholeAndAFailedOneLeavesTheFirstAnswer(String client) {
    try (HangingServer server = new HangingServer(ReplayIT::answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .main(ReplayProgram.class, client, server.server().origin())
              .set("autofix.stale-token-after-auth", "on")
              .set("users", "one")
              .run();
      assertThat(run.stdout().lines())
          .as(run.stderr())
          .containsExactly(
              "/mcp?session=ok 200 whole",
              "/mcp?session=closes 401 log in",
              "/mcp?session=once 200 whole",
              "/mcp?session=large 401 log in",
              "cancelled: true true true");
      assertThat(run.log().events("agent.error")).isEmpty();
      assertThat(run.log().events("http.exchange"))
          .filteredOn(line -> line.path("mcpauth.exchange.cause").asText().equals("autofix"))
          .extracting(line -> line.path("mcpauth.failure").asText())
          .containsExactlyElementsOf(replays(client));
    }
  }

  /** How each replay ended; OkHttp tries again by itself where a connection it knew is closed. */
  private static List<String> replays(String client) {
    return client.equals("okhttp")
        ? List.of("", "closed", "closed", "", "cancelled")
        : List.of("", "closed", "", "cancelled");
  }

  private static String answer(RawServer.Request request) {
    String json = "Content-Type: application/json";
    String origin = "http://" + request.header("Host");
    String path = request.line().split(" ")[1];
    if (path.equals("/.well-known/oauth-protected-resource/mcp")) {
      String document =
          "{\"resource\":\"@/mcp\",\"authorization_servers\":[\"@\"]}".replace("@", origin);
      return RawServer.response(200, json, document);
    }
    if (path.equals("/.well-known/oauth-authorization-server")) {
      String document =
          "{\"issuer\":\"@\",\"authorization_endpoint\":\"@/authorize\",\"token_endpoint\":\"@/token\"}";
      return RawServer.response(200, json, document.replace("@", origin));
    }
    if (path.equals("/token")) {
      String token = "{\"access_token\":\"newest-token-0123456789\",\"token_type\":\"Bearer\"}";
      return RawServer.response(200, json, token);
    }
    if (path.endsWith("taken")) { // What was in vain is over for the fixes, see ExtraRequests.
      return RawServer.response(200, json, "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}");
    }
    if (request.header("Authorization") == null) {
      String hint = "/.well-known/oauth-protected-resource/mcp\"";
      String challenge = "WWW-Authenticate: Bearer resource_metadata=\"" + origin + hint;
      return RawServer.response(401, challenge, "log in");
    }
    if (path.endsWith("closes")) {
      return "";
    }
    if (path.endsWith("hangs")) {
      return RawServer.NONE;
    }
    boolean whole = request.text().equals(McpMessages.INITIALIZE);
    return RawServer.response(200, json, whole ? "whole" : "not whole: " + request.text());
  }
}
