package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way a request takes to another origin, what belongs to its own stays there. */
class CrossOriginTest {

  private static final String WRONG = "credential-sent-to-wrong-origin";
  private static final String SECRET = "s3cr3t-Zx81kQ0vT7pLm2";
  private static final Set<String> PUBLIC =
      Set.of("accept", "content-type", "user-agent", "mcp-protocol-version");

  /** Both kinds of client: one whose redirects a fix carries out, one whose hops it edits. */
  private static final List<UnaryOperator<FixWorld>> CLIENTS =
      List.of(FixWorld::following, FixWorld::followingLikeOkHttp);

  private static boolean isForeign(Sent sent) {
    return !sent.line().contains("//mcp.example/") && !sent.line().contains("//as.example/");
  }

  private static void showsNothing(FixWorld world) {
    assertThat(world.wire)
        .filteredOn(CrossOriginTest::isForeign)
        .isNotEmpty()
        .allSatisfy(
            sent -> {
              sent.head()
                  .headers()
                  .forEach(
                      field -> assertThat(PUBLIC).contains(field.name().toLowerCase(Locale.ROOT)));
              assertThat(sent.body()).doesNotContain(SECRET);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Mcp-Session-Id",
        "Last-Event-ID",
        "X-Pat",
        "Key",
        "X-Access",
        "X-Customer",
        "X-Forwarded-Client-Cert",
        "X-Acme",
        "Idempotency-Key",
        "Referer",
        "traceparent",
      })
  void nothingButWhatIsListedGoesToTheTarget(String name) {
    for (UnaryOperator<FixWorld> client : CLIENTS) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        for (String target :
            new String[] {
              "https://evil.example/x",
              "https://evil_host.example/x",
              "https://mcp.example:8443/x",
              "http://mcp.example.evil/x",
              "//evil_host:81/x",
              "https://mcp.example@evil.example/x"
            }) {
          FixWorld world =
              client.apply(
                  FixWorld.with(
                      WRONG,
                      sent ->
                          sent.goesTo(MCP)
                              ? Reply.of(status, "", "Location", target)
                              : Reply.of(200, RESULT)));
          world.post(CALL, name, SECRET, "User-Agent", "host/1");
          showsNothing(world);
          assertThat(world.last().header("User-Agent")).isEqualTo("host/1");
          assertThat(world.applied()).contains(WRONG);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 401})
  void whatAClientSendsAgainAtTheTargetIsKeptBackToo(int status) {
    boolean[] asked = {false};
    FixWorld world =
        FixWorld.with(
                WRONG,
                sent -> {
                  if (sent.goesTo(MCP)) {
                    return Reply.of(307, "", "Location", "https://evil_host.example/x");
                  }
                  boolean first = !asked[0];
                  asked[0] = true;
                  return first
                      ? Reply.of(status, "", "WWW-Authenticate", "Basic realm=\"x\"")
                      : Reply.of(200, RESULT);
                })
            .followingLikeOkHttp()
            .repeatingWith("Authorization", "Basic " + SECRET);
    world.post(CALL, "X-Pat", SECRET);
    assertThat(world.wire).filteredOn(CrossOriginTest::isForeign).hasSize(2);
    showsNothing(world);
  }

  @Test
  void theHomeOfACallIsNotForgottenWhateverElseGoesBy() {
    for (UnaryOperator<FixWorld> client : CLIENTS) {
      FixWorld[] world = {null};
      world[0] =
          client.apply(
              FixWorld.with(
                  WRONG,
                  sent -> {
                    if (sent.goesTo(MCP) && sent.says("tools/call")) {
                      return Reply.of(307, "", "Location", "https://evil.example/x");
                    }
                    if (sent.line().equals("POST https://evil.example/x")) {
                      for (int i = 0; i < 600; i++) {
                        world[0].host(
                            "POST", "https://mcp.example/" + i, INITIALIZE, FixWorld.mcp());
                      }
                      return Reply.of(307, "", "Location", "/y");
                    }
                    return Reply.of(200, RESULT);
                  }));
      world[0].post(CALL, "X-Pat", SECRET, "Authorization", "Bearer " + SECRET);
      assertThat(world[0].wire).anyMatch(sent -> sent.line().equals("POST https://evil.example/y"));
      showsNothing(world[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/t", "https://evil_host.example/t"})
  void aBodyOfCredentialsGoesNowhere(String target) {
    for (UnaryOperator<FixWorld> client : CLIENTS) {
      FixWorld world =
          client.apply(
              FixWorld.with(
                  WRONG,
                  sent ->
                      sent.goesTo(OAuthServer.TOKEN)
                          ? Reply.of(307, "", "Location", target)
                          : isForeign(sent)
                              ? Reply.of(200, "{}")
                              : sent.goesTo(MCP)
                                  ? Reply.of(401, "", "WWW-Authenticate", "Bearer")
                                  : orMissing(sent)));
      world.post(INITIALIZE);
      world.get(OAuthServer.PRM_PATH);
      world.get(OAuthServer.ASM);
      world.form(
          OAuthServer.TOKEN,
          "grant_type=refresh_token&refresh_token=" + SECRET + "&client_secret=" + SECRET,
          "Authorization",
          "Basic " + SECRET);
      assertThat(world.wire).noneMatch(sent -> isForeign(sent) && sent.says(SECRET));
      assertThat(world.wire)
          .noneMatch(sent -> isForeign(sent) && sent.header("Authorization") != null);
      assertThat(world.applied()).contains(WRONG);
    }
  }

  private static Reply orMissing(Sent sent) {
    Reply oauth = OAuthServer.orNull(sent);
    return oauth == null ? Reply.of(404, "") : oauth;
  }

  @Test
  void backHomeAndWithinHomeNothingIsTaken() {
    FixWorld world =
        FixWorld.with(
                WRONG,
                sent ->
                    sent.goesTo("https://mcp_server.example/mcp")
                        ? Reply.of(307, "", "Location", "/mcp/")
                        : Reply.of(200, RESULT))
            .followingLikeOkHttp();
    world.host("POST", "https://mcp_server.example/mcp", CALL, FixWorld.mcp("X-Pat", SECRET));
    assertThat(world.last().line()).isEqualTo("POST https://mcp_server.example/mcp/");
    assertThat(world.last().header("X-Pat")).isEqualTo(SECRET);
    assertThat(world.reports).isEmpty();
  }

  @Test
  void whatAFixLooksForCarriesNothingOfTheHostsRequest() {
    FixWorld world =
        FixWorld.with(
            "missing-resource-metadata",
            sent -> sent.goesTo(MCP) ? Reply.of(401, "") : Reply.of(404, ""));
    world.post(INITIALIZE, "X-Pat", SECRET, "Key", SECRET, "X-Customer", "c-17", "Cookie", "sid=1");
    assertThat(world.wire).hasSizeGreaterThan(2);
    assertThat(world.wire.subList(1, world.wire.size()))
        .allSatisfy(
            sent -> {
              assertThat(sent.head().headers().size()).isEqualTo(1);
              assertThat(sent.header("Accept")).isEqualTo("application/json");
              assertThat(sent.body()).isEmpty();
            });
  }
}
