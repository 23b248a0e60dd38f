package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that go on with an old token, or none, although there is a newer one; and scopes. */
class TokensIT {

  private static final String STALE = "stale-token-after-auth";
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  /** Since 2.1.0 the SDK asks for the token again; a host that has a fixed one fails as before. */
  @Test
  void theJavaSdksRetryAfterALoginSucceedsWithTheNewToken() {
    Twice.Server server = () -> new FakeMcp(404, "").authorizing();
    Twice.Host host =
        (jvm, origins) ->
            jvm.main(JavaSdkCalls.class, "fresh=" + origins.get(0), "fixed=" + origins.get(1));
    Twice twice = Twice.run(folder, host, List.of(server, server), STALE);
    assertThat(twice.off().said())
        .containsExactly("tools: 1", "paid 1", "paid 2", "tools: 1", "failed", "failed");
    assertThat(twice.on().said())
        .containsExactly("tools: 1", "paid 1", "paid 2", "tools: 1", "paid 1", "paid 2");
    assertThat(twice.on().applied()).containsOnly(STALE);
  }

  @Test
  void langChain4jsFixedHeaderIsReplacedOnceTheHostLoggedIn() {
    Twice.Host host = (jvm, origins) -> jvm.main(LangChain4jCalls.class, "fixed", origins.get(0));
    Twice twice = Twice.run(folder, host, () -> new FakeMcp(404, "").authorizing(), STALE);
    assertThat(twice.off().said()).containsExactly("tools: 1", "failed", "failed");
    assertThat(twice.on().said()).containsExactly("tools: 1", "failed", "paid 1");
  }

  @Test
  void aFixedHeaderAndNoHeaderAreReplacedOnBothClients() {
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
    requests.addAll(Requests.logIn("/mcp"));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, Requests.OLD));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL));
    requests.add(Requests.post("async", "@/mcp", Requests.CALL));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, "DPoP: proof"));
    Twice twice = Twice.plain(folder, () -> TokensIT::resourceServer, requests, STALE);
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(last(4, twice.off().said(client))).allMatch(line -> line.startsWith("401"));
      List<String> healed = last(4, twice.on().said(client));
      assertThat(healed.subList(0, 3)).containsOnly("200 [] " + RESULT);
      assertThat(healed.get(3)).as("bound to a proof").startsWith("401");
      assertThat(twice.on().wire(client)).hasSize(4 + 3 * 2 + 1);
    }
  }

  private static String resourceServer(Request request) {
    String oauth = FakeOAuth.orNull(request);
    boolean newest = ("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"));
    return oauth != null
        ? oauth
        : newest
            ? FakeOAuth.json(RESULT)
            : RawServer.response(
                401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "log in");
  }

  private static <T> List<T> last(int count, List<T> list) {
    return list.subList(list.size() - count, list.size());
  }

  @Test
  void theHostIsAskedForAllScopesTogetherAndWith401OnceItIgnoredThe403() {
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
    requests.addAll(Requests.logIn("/mcp"));
    String bearer = "Authorization: Bearer " + FakeOAuth.NEW;
    for (int i = 0; i < 4; i++) {
      requests.add(Requests.post("-", "@/mcp", Requests.CALL, bearer));
    }
    Twice twice = Twice.plain(folder, () -> TokensIT::wantsMore, requests, "insufficient-scope");
    String scope = "Bearer error=\"insufficient_scope\", scope=\"write\"";
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(last(4, twice.off().said(client))).containsOnly("403 [" + scope + "] no");
      List<String> on = last(4, twice.on().said(client));
      String union = " [Bearer scope=\"read write\", error=\"insufficient_scope\"] no";
      assertThat(on).containsExactly("403" + union, "401" + union, "401" + union, "401" + union);
    }
  }

  private static String wantsMore(Request request) {
    if (FakeOAuth.path(request).equals("/token")) {
      return FakeOAuth.json(FakeOAuth.token(FakeOAuth.NEW).replace("{", "{\"scope\":\"read\","));
    }
    String oauth = FakeOAuth.orNull(request);
    boolean bearer = request.header("Authorization") != null;
    return oauth != null
        ? oauth
        : bearer
            ? RawServer.response(
                403, "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"write\"", "no")
            : RawServer.response(
                401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "log in");
  }
}
