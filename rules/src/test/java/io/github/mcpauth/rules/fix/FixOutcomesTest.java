package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.AS;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A fix is told to have been applied only where the host got what it made; where it is enabled and
 * a finding offers it, and it did nothing, that is told with the reason.
 */
class FixOutcomesTest {

  private static final String BEARER = "Bearer abcdefgh12345678";
  private static final String PRM = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
  private static final String ASM = AS + "/.well-known/oauth-authorization-server";
  private static final String REFRESH = "grant_type=refresh_token&refresh_token=r1&client_id=c";

  @Test
  void anEnabledFixThatFindsNothingToRepairSaysSo() {
    FixWorld world = loggedIn("refresh-token-race", FixMode.ON);
    world.later(Duration.ofSeconds(30)); // Not at the same time: there is nothing to share.
    Reply seen = world.form(AS + "/token", REFRESH);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(world.findings).extracting(Finding::rule).contains("refresh-token-race");
    assertThat(world.findings).anyMatch(each -> offers(each, "refresh-token-race"));
    assertThat(world.applied()).isEmpty();
    assertThat(world.skipped()).singleElement().asString().contains("nothing in this exchange");
  }

  @Test
  void aFixThatIsOffSaysNothing() {
    FixWorld world = loggedIn("refresh-token-race", FixMode.OFF);
    world.later(Duration.ofSeconds(30));
    world.form(AS + "/token", REFRESH);
    assertThat(world.findings).anyMatch(each -> offers(each, "refresh-token-race"));
    assertThat(world.reports).isEmpty();
  }

  @Test
  void aReplayThatIsRefusedTooIsNotApplied() {
    FixWorld world = FixWorld.with("request-headers-rejected", sent -> Reply.of(431, ""));
    Reply seen = world.post(LIST, "Authorization", BEARER, "Cookie", "a=b");
    assertThat(seen.status()).isEqualTo(431);
    assertThat(world.wire).hasSize(2);
    assertThat(world.applied()).isEmpty();
    assertThat(world.skipped()).singleElement().asString().contains("431");
  }

  @Test
  void aReplayThatIsTakenIsAppliedOnceItWas() {
    FixWorld world =
        FixWorld.with(
            "request-headers-rejected",
            sent -> sent.header("Cookie") == null ? Reply.of(200, RESULT) : Reply.of(431, ""));
    Reply seen = world.post(LIST, "Authorization", BEARER, "Cookie", "a=b");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(world.applied()).containsExactly("request-headers-rejected");
    assertThat(world.skipped()).isEmpty();
  }

  @Test
  void aDryRunIsToldAsOneAndTheHostGetsTheServersAnswer() {
    FixWorld world =
        FixWorld.with(
            Map.of("forbidden-on-connect", FixMode.DRY_RUN),
            sent -> Reply.of(403, "{\"error\":\"login required\"}"));
    assertThat(world.post(INITIALIZE).status()).isEqualTo(403);
    assertThat(world.reports)
        .allSatisfy(report -> assertThat(report.mode()).isEqualTo(FixMode.DRY_RUN));
  }

  @Test
  void whatIsPresentedToTheHostIsApplied() {
    FixWorld world =
        FixWorld.with(
            "forbidden-on-connect",
            sent ->
                sent.goesTo(PRM)
                    ? Reply.of(200, document())
                    : Reply.of(403, "{\"error\":\"login required\"}"));
    Reply seen = world.post(INITIALIZE);
    boolean told = world.applied().contains("forbidden-on-connect");
    assertThat(seen.status() == 401).as("%s, %s", seen, world.reports).isEqualTo(told);
  }

  /** What was repaired is a note; what fails after that is told as it would be without it. */
  @Test
  void theNextFailureAfterARepairIsNoNote() {
    FixWorld world =
        FixWorld.with(
            "forbidden-on-connect",
            sent ->
                sent.goesTo(PRM)
                    ? Reply.of(200, document())
                    : sent.goesTo(ASM)
                        ? Reply.of(200, metadata())
                        : sent.goesTo(AS + "/token")
                            ? Reply.of(400, "{\"error\":\"invalid_client\"}")
                            : Reply.of(403, "{\"error\":\"login required\"}"));
    assertThat(world.post(INITIALIZE).status()).isEqualTo(401);
    world.get(PRM);
    world.get(ASM);
    world.form(AS + "/token", "grant_type=authorization_code&code=c&client_id=c");
    world.later(Duration.ofSeconds(5));
    assertThat(world.findings)
        .extracting(each -> each.rule() + ' ' + each.severity())
        .containsExactly("forbidden-on-connect NOTE", "token-request-rejected ERROR");
  }

  /** The same request, with the token that the repair led to, is refused for another reason. */
  @Test
  void theSameRequestThatFailsAfterARepairIsNoNote() {
    FixWorld world =
        FixWorld.with(
            "forbidden-on-connect",
            sent ->
                sent.goesTo(PRM)
                    ? Reply.of(200, document())
                    : Reply.of(403, "{\"error\":\"login required\"}"));
    assertThat(world.post(INITIALIZE).status()).isEqualTo(401);
    assertThat(world.post(INITIALIZE, "Authorization", BEARER).status()).isEqualTo(403);
    world.later(Duration.ofSeconds(30));
    assertThat(world.findings).hasSizeGreaterThan(1);
    assertThat(world.findings.get(0).severity()).isEqualTo(Severity.NOTE);
    assertThat(world.findings.subList(1, world.findings.size()))
        .allMatch(each -> each.severity() == Severity.ERROR);
  }

  private static boolean offers(Finding finding, String rule) {
    return ("mcpauth.autofix." + rule).equals(finding.fixProperty());
  }

  /** A world in which the refresh token r1 was used once. */
  private static FixWorld loggedIn(String fix, FixMode mode) {
    FixWorld world = FixWorld.with(Map.of(fix, mode), new Server());
    world.post(INITIALIZE);
    world.get(PRM);
    world.get(ASM);
    assertThat(world.form(AS + "/token", REFRESH).status()).isEqualTo(200);
    return world;
  }

  private static String metadata() {
    return "{\"issuer\":\""
        + AS
        + "\",\"authorization_endpoint\":\""
        + AS
        + "/authorize\",\"token_endpoint\":\""
        + AS
        + "/token\",\"code_challenge_methods_supported\":[\"S256\"]}";
  }

  private static String document() {
    return "{\"resource\":\"" + MCP + "\",\"authorization_servers\":[\"" + AS + "\"]}";
  }

  /** An authorization server that takes a refresh token once, as it must (RFC 9700 §4.14.2). */
  private static final class Server implements Function<Sent, Reply> {
    private boolean used;

    @Override
    public Reply apply(Sent sent) {
      if (sent.goesTo(PRM)) {
        return Reply.of(200, document());
      }
      if (sent.goesTo(ASM)) {
        return Reply.of(200, metadata());
      }
      if (sent.goesTo(AS + "/token")) {
        boolean first = !used;
        used = true;
        return first
            ? Reply.of(
                200,
                "{\"access_token\":\"opaque-token-1\",\"token_type\":\"Bearer\",\"expires_in\":60,"
                    + "\"refresh_token\":\"r2-0123456789abcdef\"}")
            : Reply.of(400, "{\"error\":\"invalid_grant\"}");
      }
      return Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + PRM + "\"");
    }
  }
}
