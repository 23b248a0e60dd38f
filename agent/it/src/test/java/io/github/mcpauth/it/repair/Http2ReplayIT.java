package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.AnsweringServlet;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import io.github.mcpauth.it.harness.TomcatServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays where the MCP server speaks HTTP/2 over TLS, and first attempt and replay share it. */
class Http2ReplayIT {

  /** More than HTTP/2's first window, and less than what is kept of a body. */
  private static final String LARGE_CALL =
      Requests.CALL.replace(
          "\"pay\"", "\"pay\",\"arguments\":{\"x\":\"" + "y".repeat(40_000) + "\"}");

  @TempDir Path folder;

  /** Takes the newest token only, and says how it got the body. */
  private static String resourceServer(Request request) {
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    boolean newest = ("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"));
    boolean whole = request.text().equals(LARGE_CALL);
    return newest
        ? FakeOAuth.json("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"whole\":" + whole + "}}")
        : RawServer.response(401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "log in");
  }

  @Test
  void aStaleTokenIsReplacedAndTheBodyArrivesWholeOnBothClients() throws Exception {
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("h2", "@/mcp", Requests.INITIALIZE));
    requests.addAll(Requests.logIn("/mcp"));
    requests.add(Requests.post("h2", "@/mcp", LARGE_CALL, Requests.OLD));
    requests.add(Requests.post("h2,async", "@/mcp", LARGE_CALL, Requests.OLD));
    requests.add(Requests.post("h2,once", "@/mcp", LARGE_CALL, Requests.OLD));
    AnsweringServlet jdk = new AnsweringServlet(Http2ReplayIT::resourceServer);
    AnsweringServlet okhttp = new AnsweringServlet(Http2ReplayIT::resourceServer);
    try (TomcatServer first = TomcatServer.of(jdk, folder.resolve("first"));
        TomcatServer second = first.another(okhttp, folder.resolve("second"))) {
      List<String> origins = List.of(first.tlsOrigin(), second.tlsOrigin(), first.tlsOrigin());
      Twice.Side side =
          Twice.side(
              folder.resolve("host"),
              (jvm, none) -> Twice.plain(requests).in(jvm.jvm(first.trust()), origins),
              List.of(),
              "stale-token-after-auth");
      for (String client : List.of("jdk", "okhttp")) {
        List<String> said = side.said(client);
        assertThat(said.subList(4, 7))
            .as(client + said + side.run().stderr())
            .containsOnly("200 [] {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"whole\":true}}");
      }
      assertThat(side.applied()).hasSize(6).containsOnly("stale-token-after-auth");
      for (AnsweringServlet servlet : List.of(jdk, okhttp)) {
        List<Request> calls = calls(servlet, "/mcp");
        assertThat(calls).hasSize(6).allMatch(call -> call.line().endsWith(" HTTP/2.0"));
        assertThat(calls).allMatch(call -> call.text().equals(LARGE_CALL));
        assertThat(calls)
            .extracting(call -> call.header("Authorization"))
            .containsOnly("Bearer " + FakeOAuth.OLD, "Bearer " + FakeOAuth.NEW);
      }
      replaysOverHttp2(side.run(), 6);
    }
  }

  private static List<Request> calls(AnsweringServlet servlet, String path) {
    return servlet.requests().stream()
        .filter(each -> each.line().startsWith("POST " + path + " "))
        .filter(each -> each.text().contains("\"tools/call\""))
        .toList();
  }

  private static void replaysOverHttp2(ForkedJvm.Run run, int calls) {
    List<JsonNode> replays =
        run.log().events("http.exchange").stream()
            .filter(line -> line.path("mcpauth.exchange.cause").asText().equals("autofix"))
            .toList();
    assertThat(replays).hasSizeGreaterThanOrEqualTo(calls);
    assertThat(replays)
        .extracting(line -> line.path("network.protocol.version").asText())
        .containsOnly("2");
  }

  /** LangChain4j is on java.net.http, the Kotlin SDK on the newest OkHttp. */
  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "kotlin-sdk"})
  void aLostSessionIsOpenedAnewUnderTheSdks(String sdk) throws Exception {
    Function<Request, String> server = new FakeMcp(400, SessionsIT.UNKNOWN).forgetting();
    AnsweringServlet servlet = new AnsweringServlet(server);
    try (TomcatServer tomcat = TomcatServer.of(servlet, folder.resolve("server"))) {
      String origin = tomcat.tlsOrigin();
      Twice.Side side =
          Twice.side(
              folder.resolve("host"),
              (jvm, none) ->
                  sdk.equals("langchain4j")
                      ? jvm.jvm(tomcat.trust()).main(LangChain4jCalls.class, "none", origin)
                      : jvm.jvm(tomcat.trust())
                          .classPath(ForkedJvm.newestOkHttp())
                          .main(KotlinSdkCalls.class, "okhttp", origin),
              List.of(),
              "session-lost");
      assertThat(side.said())
          .as(side.run().stderr())
          .containsExactly("tools: 1", "paid 1", "paid 2");
      assertThat(side.applied()).containsExactly("session-lost");
      List<Request> calls = calls(servlet, "/mcp");
      assertThat(calls).hasSize(3).allMatch(call -> call.line().endsWith(" HTTP/2.0"));
      assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
      replaysOverHttp2(side.run(), 3); // initialize, initialized, and the call
    }
  }
}
