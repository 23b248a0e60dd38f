package io.github.mcpauth.rules.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixMode;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the fixes do, and what they must never do. */
class FixesTest {

  private static final String PRM = "https://mcp.example/.well-known/oauth-protected-resource";
  private static final Headers TOKEN = Headers.of("Authorization", "Bearer abcdefgh12345678");
  private static final String ISSUED =
      "{\"access_token\":\"new-token-87654321\",\"token_type\":\"Bearer\",\"expires_in\":60}";

  private static Scenario with(String rule, FixMode mode) {
    return new Scenario(new Config(Set.of(), FixMode.OFF, Map.of(rule, mode), 8 * 1024, 6 * 1024));
  }

  private static Scenario safe() {
    return new Scenario(new Config(Set.of(), FixMode.ON, Map.of(), 8 * 1024, 6 * 1024));
  }

  @Test
  void theHintJoinsTheBearerChallengeAndComesFirst() {
    Headers answer =
        Headers.of(
            "WWW-Authenticate", "Basic realm=x",
            "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    ResponseDecision decision =
        with("missing-resource-metadata", FixMode.ON).initialize(Headers.NONE, 401, answer, "");
    assertThat(decision).isInstanceOf(ResponseDecision.Deliver.class);
    ResponseHead seen = ((ResponseDecision.Deliver) decision).response();
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.headers().all("WWW-Authenticate"))
        .containsExactly(
            "Bearer resource_metadata=\"" + PRM + "/mcp\", error=\"invalid_token\"",
            "Basic realm=x");
  }

  @Test
  void offAndDryRunChangeNothingAndDryRunSaysSo() {
    Scenario dry = with("missing-resource-metadata", FixMode.DRY_RUN);
    assertThat(dry.initialize(Headers.NONE, 401, Headers.NONE, ""))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
    assertThat(dry.fixes).hasSize(1);
    assertThat(dry.fixes.get(0).mode()).isEqualTo(FixMode.DRY_RUN);
    Scenario off = Scenario.withDefaults();
    assertThat(off.initialize(Headers.NONE, 401, Headers.NONE, ""))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
    assertThat(off.fixes).isEmpty();
  }

  @Test
  void aRequestWithACredentialIsNeverTouched() {
    Scenario scenario = safe();
    for (int status : new int[] {401, 403}) {
      assertThat(scenario.initialize(TOKEN, status, Headers.NONE, "login"))
          .isEqualTo(ResponseDecision.DELIVER_AS_IS);
    }
    assertThat(scenario.fixes).isNotEmpty().allMatch(report -> report.skipped() != null);
  }

  @Test
  void a403ThatMeansLogInBecomesA401AndANoteRemains() {
    Scenario scenario = with("forbidden-on-connect", FixMode.ON);
    ResponseDecision decision =
        scenario.initialize(Headers.NONE, 403, Headers.NONE, "please log in");
    assertThat(((ResponseDecision.Deliver) decision).response().status()).isEqualTo(401);
    assertThat(scenario.findings.get(0).severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void anUnexplained403IsOnlyRewrittenByItsOwnProperty() {
    assertThat(safe().initialize(Headers.NONE, 403, Headers.NONE, ""))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
    assertThat(
            with("forbidden-on-connect", FixMode.ON)
                .initialize(Headers.NONE, 403, Headers.NONE, ""))
        .isInstanceOf(ResponseDecision.Deliver.class);
  }

  @Test
  void aFirewalls403StaysA403() {
    Headers html = Headers.of("Content-Type", "text/html");
    assertThat(
            with("forbidden-on-connect", FixMode.ON)
                .initialize(Headers.NONE, 403, html, "<html>log in</html>"))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
  }

  @Test
  void aRequestForMissingMetadataIsRepeatedAtTheNextPlaceOfTheSameOrigin() {
    Scenario scenario = with("missing-resource-metadata", FixMode.ON);
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    ResponseDecision decision = scenario.get(PRM + "/mcp", 404, "text/plain", "no");
    assertThat(decision).isInstanceOf(ResponseDecision.Replay.class);
    assertThat(((ResponseDecision.Replay) decision).request().url()).isEqualTo(URI.create(PRM));
  }

  @Test
  void theNewestTokenGoesOnlyToTheServerItWasIssuedFor() {
    Scenario scenario = with("stale-token-after-auth", FixMode.ON);
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    token(scenario, "https%3A%2F%2Fmcp.example%2Fmcp");
    ResponseDecision decision = scenario.initialize(TOKEN, 401, Headers.NONE, "");
    assertThat(decision).isInstanceOf(ResponseDecision.Replay.class);
    assertThat(((ResponseDecision.Replay) decision).request().headers().all("Authorization"))
        .containsExactly("Bearer new-token-87654321");
    assertThat(scenario.rules()).contains("stale-token-after-auth");
    assertThat(scenario.findings.toString()).doesNotContain("new-token-87654321");
  }

  @Test
  void aTokenThatWasAskedForAnotherResourceIsNotReplayed() {
    Scenario scenario = with("stale-token-after-auth", FixMode.ON);
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    token(scenario, "https%3A%2F%2Fother.example%2Fmcp");
    assertThat(scenario.initialize(TOKEN, 401, Headers.NONE, ""))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
    assertThat(scenario.rules()).doesNotContain("stale-token-after-auth");
  }

  @Test
  void aReplayThatIsRefusedAgainIsNotRepeated() {
    Scenario scenario = with("stale-token-after-auth", FixMode.ON);
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    token(scenario, "https%3A%2F%2Fmcp.example%2Fmcp");
    Headers newest = Headers.of("Authorization", "Bearer new-token-87654321");
    assertThat(scenario.initialize(newest, 401, Headers.NONE, ""))
        .isEqualTo(ResponseDecision.DELIVER_AS_IS);
  }

  private static void token(Scenario scenario, String resource) {
    RequestHead head =
        new RequestHead(
            "POST",
            URI.create("https://as.example/token"),
            Headers.of("Content-Type", "application/x-www-form-urlencoded"));
    scenario.play(
        head,
        "grant_type=authorization_code&code=x&resource=" + resource,
        new ResponseHead(200, Headers.of("Content-Type", "application/json")),
        ISSUED);
    assertThat(Body.of(ISSUED).toString()).doesNotContain("new-token");
  }
}
