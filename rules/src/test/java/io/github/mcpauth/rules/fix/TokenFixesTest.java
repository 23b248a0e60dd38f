package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are stale, scopes that are missing, metadata of the server that issues them. */
class TokenFixesTest {

  private static final String STALE = "stale-token-after-auth";
  private static final String NEW = "Bearer new-token-1234567";

  private static Reply resourceServer(Sent sent) {
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    return NEW.equals(sent.header("Authorization"))
        ? Reply.of(200, RESULT)
        : Reply.of(401, "", "WWW-Authenticate", "Bearer");
  }

  private static FixWorld loggedIn(Function<Sent, Reply> server) {
    FixWorld world = FixWorld.forOneUser(STALE, server);
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    world.reports.clear();
    return world;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer fixed-at-start-123"})
  void aRequestWithAnOldTokenOrNoneIsReplayedWithTheNewest(String old) {
    FixWorld world = loggedIn(TokenFixesTest::resourceServer);
    Reply seen = old.isEmpty() ? world.post(CALL) : world.post(CALL, "Authorization", old);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(world.last().head().headers().all("Authorization")).containsExactly(NEW);
    assertThat(world.last().body()).isEqualTo(CALL);
    assertThat(world.applied()).containsExactly(STALE);
    assertThat(world.reports.toString() + world.findings).doesNotContain("new-token-1234567");
  }

  /** That the server took the replay does not show that the application has the token. */
  @Test
  void whatReplaysCarryIsNotTakenForTheApplicationsOwn() {
    FixWorld world = loggedIn(TokenFixesTest::resourceServer);
    for (String request : List.of(CALL, LIST, CALL)) {
      assertThat(world.post(request).status()).isEqualTo(200);
    }
    assertThat(world.findings).extracting(Finding::rule).doesNotContain("token-left-out");
  }

  @Test
  void aReplayThatIsRefusedGivesTheHostTheFirstAnswer() {
    FixWorld world =
        loggedIn(
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              boolean newest = NEW.equals(sent.header("Authorization"));
              return oauth != null ? oauth : Reply.of(newest ? 403 : 401, newest ? "2" : "1");
            });
    assertThat(world.post(LIST).body()).isEqualTo("1");
    assertThat(world.applied()).isEmpty();
    assertThat(world.skipped()).hasSize(1).first().asString().contains("answered 403");
    assertThat(world.findings).anyMatch(each -> each.severity() == Severity.ERROR);
  }

  @Test
  void aReplayThatBreaksGivesTheHostTheFirstAnswer() {
    FixWorld world =
        loggedIn(
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              boolean newest = NEW.equals(sent.header("Authorization"));
              return oauth != null ? oauth : newest ? Reply.of(0, "") : Reply.of(401, "1");
            });
    assertThat(world.post(LIST).body()).isEqualTo("1");
    assertThat(world.skipped()).hasSize(1);
  }

  @Test
  void aTokenIsNotReplayedAfterItExpired() {
    FixWorld world = loggedIn(TokenFixesTest::resourceServer);
    world.later(Duration.ofHours(2));
    int before = world.wire.size();
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.wire).hasSize(before + 1);
    assertThat(world.skipped()).contains("the newest token has expired");
  }

  @Test
  void aTokenIsForgottenOnceItExpiredOrWasSuperseded() {
    var logins = new Logins();
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    String refreshed = "grant_type=refresh_token&refresh_token=r1";
    AccessToken one = issued(logins, "grant_type=authorization_code", "first-token-12345", now, 1);
    AccessToken two = issued(logins, refreshed, "second-token-1234", now, 2);
    assertThat(one.isKnown()).isFalse();
    assertThat(one.isIn("Bearer first-token-12345")).isTrue();
    assertThat(two.isKnown()).isTrue();
    logins.forgetExpired(now.plusSeconds(4000));
    assertThat(two.isKnown()).isFalse();
    assertThat(logins.with(two.digest())).isNotNull();
  }

  private static AccessToken issued(
      Logins logins, String form, String token, Instant now, long exchange) {
    Exchange request = OAuthServer.tokenRequest(form);
    TokenRequest asked = TokenRequest.of(request.request(), request.requestBody());
    String answer = OAuthServer.token(token).replace("}", ",\"refresh_token\":\"r1\"}");
    AccessToken issued =
        AccessToken.issued(Body.of(answer), "application/json", asked, now, exchange);
    logins.issued(Objects.requireNonNull(issued), asked, request.request().url(), null);
    return issued;
  }

  @ParameterizedTest
  @CsvSource({"DPoP, proof", "Authorization, DPoP old-bound-token"})
  void aRequestThatIsBoundToAProofIsNotReplayed(String header, String value) {
    FixWorld world = loggedIn(TokenFixesTest::resourceServer);
    int before = world.wire.size();
    assertThat(world.post(LIST, header, value).status()).isEqualTo(401);
    assertThat(world.wire).hasSize(before + 1);
  }

  @Test
  void aTokenThatNamesItsSendersKeyIsNotReplayed() {
    // {"cnf":{"x5t#S256":"x"}}: bound to a client certificate, RFC 8705 §3.1.
    String bound = "eyJhbGciOiJub25lIn0.eyJjbmYiOnsieDV0I1MyNTYiOiJ4In19.c2ln";
    FixWorld world =
        loggedIn(
            sent ->
                sent.goesTo(OAuthServer.TOKEN)
                    ? Reply.of(200, OAuthServer.token(bound))
                    : resourceServer(sent));
    world.post(LIST);
    assertThat(world.wire)
        .noneMatch(sent -> ("Bearer " + bound).equals(sent.header("Authorization")));
  }

  @Test
  void aTokenForAnotherResourceIsNotReplayed() {
    FixWorld world = FixWorld.with(STALE, TokenFixesTest::resourceServer);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.form(
        OAuthServer.TOKEN, "grant_type=authorization_code&resource=https%3A%2F%2Fother.example");
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.wire).noneMatch(sent -> NEW.equals(sent.header("Authorization")));
  }

  @Test
  void aSecondRefreshWithTheSameTokenGetsTheFirstOnesAnswer() {
    FixWorld world = FixWorld.with("refresh-token-race", TokenFixesTest::resourceServer);
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    int before = world.wire.size();
    String form =
        "grant_type=refresh_token&refresh_token=r1&resource=https%3A%2F%2Fmcp.example%2Fmcp";
    Reply one = world.form(OAuthServer.TOKEN, form);
    Reply two = world.form(OAuthServer.TOKEN, form);
    assertThat(two.body()).isEqualTo(one.body()).contains("new-token");
    assertThat(world.wire).hasSize(before + 1);
    assertThat(world.applied()).containsExactly("refresh-token-race");
    world.form(OAuthServer.TOKEN, form.replace("r1", "r2"));
    assertThat(world.wire).hasSize(before + 2);
    world.later(Duration.ofSeconds(30));
    world.form(OAuthServer.TOKEN, form);
    assertThat(world.wire).hasSize(before + 3);
  }

  @Test
  void metadataIsFoundAtTheIssuersOtherPlacesOnlyIfItNamesTheIssuer() {
    String issuer = FixWorld.AS + "/tenant";
    String place = FixWorld.AS + "/.well-known/openid-configuration/tenant";
    FixWorld world =
        FixWorld.with(
            "authorization-server-metadata-unavailable",
            sent -> {
              if (sent.goesTo(OAuthServer.PRM_PATH)) {
                return Reply.of(200, OAuthServer.resource(MCP, issuer));
              }
              if (sent.goesTo(place)) {
                return Reply.of(200, OAuthServer.metadata(issuer));
              }
              return Reply.of(sent.goesTo(MCP) ? 401 : 404, "");
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    Reply seen = world.get(FixWorld.AS + "/.well-known/oauth-authorization-server");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body()).isEqualTo(OAuthServer.metadata(issuer));
  }

  @ParameterizedTest
  @CsvSource({
    "https://as.example, https://as.example/, true",
    "https://as.example/, https://as.example, true",
    "https://as.example/t, https://as.example/t/, false",
    "https://as.example, https://evil.example/, false",
    "https://as.example, https://as.example//, false"
  })
  void anIssuerIsTheSameOnlyUpToTheRootsSlash(String wanted, String issuer, boolean same) {
    FixWorld world =
        FixWorld.with(
            "issuer-mismatch",
            sent -> {
              if (sent.goesTo(OAuthServer.PRM_PATH)) {
                return Reply.of(200, OAuthServer.resource(MCP, wanted));
              }
              return sent.goesTo(MCP)
                  ? Reply.of(401, "")
                  : Reply.of(200, OAuthServer.metadata(issuer));
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    Reply seen = world.get(OAuthServer.ASM);
    assertThat(seen.body().contains("\"issuer\":\"" + wanted + "\"")).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "https://mcp.example/mcp/, true",
    "https://MCP.example:443/mcp, true",
    "https://mcp.example, false",
    "https://other.example/mcp, false",
    "https://mcp.example/other, false"
  })
  void aResourceIsTheSameOnlyAfterCanonicalisation(String resource, boolean same) {
    FixWorld world =
        FixWorld.with(
            "resource-mismatch",
            sent ->
                sent.goesTo(MCP)
                    ? Reply.of(401, "")
                    : Reply.of(200, OAuthServer.resource(resource, FixWorld.AS)));
    world.post(INITIALIZE);
    assertThat(world.get(OAuthServer.PRM_PATH).body().contains("\"" + MCP + "\"")).isEqualTo(same);
  }
}
