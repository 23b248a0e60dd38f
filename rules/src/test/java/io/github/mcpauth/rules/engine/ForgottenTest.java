package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** After 256 other servers, what was known of one is unknown: nothing is claimed of it. */
class ForgottenTest {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final String AS = "https://as.example";
  private final Scenario scenario = Scenario.withDefaults();

  private void login(String server, String token, String refresh) {
    String resource = server.replace("/mcp", "/.well-known/oauth-protected-resource/mcp");
    call(server, null, null, 401, hint(resource));
    String document = Hostile.resourceMetadata(server, AS);
    scenario.get(resource, 200, "application/json", document);
    scenario.get(
        AS + "/.well-known/oauth-authorization-server",
        200,
        "application/json",
        Hostile.serverMetadata(AS, AS + "/token"));
    token(server, token, refresh, "code", 200);
  }

  private static Headers hint(String resource) {
    return Headers.of("WWW-Authenticate", "Bearer resource_metadata=\"" + resource + "\"");
  }

  private void token(String server, String token, String refresh, String how, int status) {
    Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    String request =
        how.equals("code")
            ? "grant_type=authorization_code&code=c" + token + "&code_verifier=" + "v".repeat(43)
            : "grant_type=refresh_token&refresh_token=" + how;
    String answer =
        status == 200
            ? "{\"access_token\":\""
                + token
                + "\",\"token_type\":\"Bearer\",\"refresh_token\":\""
                + refresh
                + "\"}"
            : "{\"error\":\"invalid_grant\"}";
    scenario.play(
        new RequestHead("POST", URI.create(AS + "/token"), form),
        request + "&client_id=i&resource=" + server,
        new ResponseHead(status, JSON),
        answer);
  }

  private void call(
      String server, @Nullable String token, @Nullable String session, int status, Headers answer) {
    Headers headers = token == null ? JSON : JSON.plus("Authorization", "Bearer " + token);
    headers = session == null ? headers : headers.plus("Mcp-Session-Id", session);
    RequestHead head = new RequestHead("POST", URI.create(server), headers);
    String list = Scenario.INITIALIZE.replace("initialize", "tools/list");
    String body = session == null || answer.has("Mcp-Session-Id") ? Scenario.INITIALIZE : list;
    scenario.play(head, body, new ResponseHead(status, answer), "");
  }

  private void othersCome() {
    for (int i = 0; i < 300; i++) {
      call("https://other" + i + ".example/mcp", null, null, 200, Headers.NONE);
    }
    scenario.later();
    scenario.findings.clear();
  }

  @Test
  void beforeThatAnOlderTokenIsKnownToBeStale() {
    login(Scenario.SERVER, "token-old", "r1");
    token(Scenario.SERVER, "token-new", "r2", "r1", 200);
    call(Scenario.SERVER, "token-old", null, 401, Headers.NONE);
    assertThat(scenario.rules()).containsExactly("stale-token-after-auth");
  }

  @Test
  void afterThatNobodySaysThatANewerTokenExists() {
    login(Scenario.SERVER, "token-old", "r1");
    token(Scenario.SERVER, "token-new", "r2", "r1", 200);
    othersCome();
    call(Scenario.SERVER, "token-old", null, 401, Headers.NONE);
    scenario.later();
    assertThat(scenario.rules()).containsExactly("rejected-after-auth");
    Finding finding = scenario.findings.get(0);
    assertThat(finding.message()).contains("a token whose issue this agent did not see");
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void afterThatARefusedSessionIsNotSaidToBeFromBeforeTheLogin() {
    login(Scenario.SERVER, "token-old", "r1");
    call(Scenario.SERVER, "token-old", "s-1", 200, Headers.of("Mcp-Session-Id", "s-1"));
    token(Scenario.SERVER, "token-new", "r2", "r1", 200);
    othersCome();
    call(Scenario.SERVER, "token-new", "s-1", 400, Headers.NONE);
    scenario.later();
    assertThat(scenario.rules()).doesNotContain("stale-session-after-auth");
  }

  @Test
  void afterThatATokenWhoseHomeIsForgottenStraysNowhere() {
    for (int i = 0; i < 300; i++) {
      login("https://home" + i + ".example/mcp", "token-" + i, "r" + i);
      call("https://home" + i + ".example/mcp", "token-" + i, null, 200, Headers.NONE);
    }
    scenario.findings.clear();
    call("https://elsewhere.example/mcp", "token-3", null, 200, Headers.NONE);
    assertThat(scenario.rules()).isEmpty();
    call("https://elsewhere.example/mcp", "token-299", null, 200, Headers.NONE);
    assertThat(scenario.rules()).containsExactly("credential-sent-to-wrong-origin");
  }

  @Test
  void afterThatARefusedRefreshTokenIsNotSaidToBeSuperseded() {
    login(Scenario.SERVER, "token-old", "r1");
    token(Scenario.SERVER, "token-new", "r2", "r1", 200);
    othersCome();
    call(Scenario.SERVER, null, null, 401, hint("https://mcp.example/x"));
    token(Scenario.SERVER, "token-none", "", "r1", 400);
    scenario.later();
    assertThat(scenario.rules()).containsExactly("token-request-rejected");
    assertThat(scenario.findings.get(0).details())
        .containsEntry("mcpauth.cause", "refresh-token-rejected");
  }
}
