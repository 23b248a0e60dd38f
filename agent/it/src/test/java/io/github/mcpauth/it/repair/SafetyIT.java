package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With every repair switched on: what must not happen, tried hard. */
class SafetyIT {

  private static final String[] ALL = {
    "authorization-server-metadata-unavailable",
    "credential-malformed",
    "credential-sent-to-wrong-origin",
    "forbidden-on-connect",
    "http2-upgrade-breaks-server",
    "insufficient-scope",
    "issuer-mismatch",
    "missing-resource-metadata",
    "not-acceptable",
    "protocol-version-rejected",
    "redirect-broke-request",
    "refresh-token-race",
    "request-headers-rejected",
    "resource-mismatch",
    "session-lost",
    "stale-session-after-auth",
    "stale-token-after-auth",
    "token-request-rejected"
  };
  private static final String SESSION = Twice.SECRET + "-session-1";
  private static final List<String> CLIENTS = List.of("jdk", "okhttp");

  @TempDir Path folder;

  private static String result(String text) {
    return FakeOAuth.json("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"x\":\"" + text + "\"}}");
  }

  private static String refused(Request request, String words) {
    return RawServer.response(401, "WWW-Authenticate: " + FakeOAuth.challenge(request), words);
  }

  /** Runs the call, and then answers as if it had not gone well. */
  private static String afterTheFact(Request request) {
    String path = FakeOAuth.path(request);
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    if (request.text().contains("\"initialize\"")) {
      return RawServer.response(
          200,
          "Mcp-Session-Id: " + SESSION + "\n" + FakeMcp.JSON,
          "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
    }
    return switch (path) {
      case "/closes/mcp" -> "";
      case "/fails/mcp" -> RawServer.response(500, "", "payment gateway down");
      case "/gateway/mcp" -> RawServer.response(502, "", "<html>Bad Gateway</html>");
      case "/params/mcp" -> RawServer.response(400, "", "Invalid params");
      case "/later/mcp" -> RawServer.response(503, "Retry-After: 9", "busy");
      default -> result("ok");
    };
  }

  @Test
  void aCallThatMayHaveRunIsNeverSentTwice() {
    List<String> requests = new ArrayList<>();
    for (String each : List.of("closes", "fails", "gateway", "params", "later")) {
      String url = "@/" + each + "/mcp";
      requests.add(Requests.post("-", url, Requests.INITIALIZE));
      requests.add(Requests.post("-", url, Requests.CALL, "Mcp-Session-Id: " + SESSION));
    }
    Twice twice = Twice.plain(folder, () -> SafetyIT::afterTheFact, requests, ALL);
    for (String client : CLIENTS) {
      assertThat(twice.on().said(client)).isEqualTo(twice.off().said(client));
      assertThat(twice.on().wire(client))
          .filteredOn(request -> request.text().equals(Requests.CALL))
          .hasSize(5);
    }
  }

  /** Refuses every token; hangs when it gets the new one, if told to. */
  private static String stubborn(Request request) {
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    boolean newest = ("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"));
    if (newest && FakeOAuth.path(request).equals("/mcp?session=hangs")) {
      return RawServer.NONE;
    }
    return newest
        ? RawServer.response(403, "X-Second: yes", "the second")
        : refused(request, "the first, \u00e4 \u00f6");
  }

  private static List<String> withoutPorts(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")).toList();
  }

  @Test
  void aReplayInVainLeavesTheFirstAnswerAndTheHostsOwnTimeIsKept() {
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
    requests.addAll(Requests.logIn("/mcp"));
    requests.add(Requests.post("timeout", "@/mcp?session=hangs", Requests.CALL, Requests.OLD));
    requests.add(
        Requests.post("timeout,async", "@/mcp?session=hangs", Requests.CALL, Requests.OLD));
    requests.add(Requests.post("cancel", "@/mcp?session=hangs", Requests.CALL, Requests.OLD));
    requests.add(Requests.post("-", "@/mcp", Requests.LIST, Requests.OLD));
    requests.add(Requests.post("async", "@/mcp", Requests.LIST));
    Twice twice = Twice.plain(folder, () -> SafetyIT::stubborn, requests, "stale-token-after-auth");
    for (String client : CLIENTS) {
      List<String> off = withoutPorts(twice.off().said(client));
      List<String> on = withoutPorts(twice.on().said(client));
      assertThat(on.subList(0, 4)).isEqualTo(off.subList(0, 4)).doesNotContain("failed");
      // Either the first answer or the client's own timeout, but soon.
      assertThat(on.subList(4, 6)).allMatch(line -> line.equals("failed") || off.contains(line));
      assertThat(on.get(6)).isEqualTo("failed");
      assertThat(on.subList(7, 9)).isEqualTo(off.subList(7, 9)).doesNotContain("failed");
      // What was answered in vain is not tried again at once.
      assertThat(twice.on().wire(client)).hasSize(4 + 4 * 2 + 1);
    }
  }

  @Test
  void aClientThatIsClosedDuringAReplayDoesNotKeepItsHostWaiting() {
    assumeTrue(Jdks.newer() != null, "HttpClient can be closed since JDK 21");
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
    requests.addAll(Requests.logIn("/mcp"));
    requests.add(Requests.post("close", "@/mcp?session=hangs", Requests.CALL, Requests.OLD));
    requests.add(Requests.post("close,async", "@/mcp?session=hangs", Requests.CALL, Requests.OLD));
    Twice.Server server = () -> SafetyIT::stubborn;
    Twice.Side side =
        Twice.side(
            folder,
            (jvm, origins) -> Twice.plain(requests).in(jvm.javaHome(Jdks.newer()), origins),
            List.of(server, server, Twice.ELSEWHERE),
            "stale-token-after-auth");
    for (String client : CLIENTS) {
      assertThat(side.said(client)).hasSize(6).noneMatch(line -> line.startsWith("too late"));
      assertThat(side.wire(client)).hasSize(4 + 2 * 2);
    }
  }

  @Test
  void aStaleTokenAndAStaleSessionAreRepairedInOneCallOnBothClients() {
    String session = "Mcp-Session-Id: " + SESSION;
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE, Requests.OLD));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, Requests.OLD, session));
    requests.addAll(Requests.logIn("/mcp"));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, Requests.OLD, session));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, Requests.OLD, session));
    Twice.Server server = () -> new FakeMcp(400, SessionsIT.UNKNOWN).authorizing().tying();
    Twice twice = Twice.plain(folder, server, requests, ALL);
    for (String client : CLIENTS) {
      assertThat(twice.off().said(client).subList(5, 7)).allMatch(line -> line.startsWith("401"));
      assertThat(twice.on().said(client).get(5)).contains("paid 1");
      assertThat(twice.on().said(client).get(6)).contains("paid 2");
    }
    assertThat(twice.on().applied()).contains("stale-token-after-auth", "stale-session-after-auth");
  }

  /** Gives every repair something to do. */
  private static String troubled(Request request) {
    String path = FakeOAuth.path(request);
    if (path.startsWith(FakeOAuth.RESOURCE + "/")) {
      return RawServer.response(404, "", "");
    }
    if (path.equals(FakeOAuth.RESOURCE)) {
      return FakeOAuth.json(FakeOAuth.resource(request, "/mcp/", FakeOAuth.origin(request) + "/"));
    }
    if (request.text().contains("client_secret")) {
      return RawServer.response(401, FakeMcp.JSON, "{\"error\":\"invalid_client\"}");
    }
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    if (request.header("Cookie") != null) {
      return RawServer.response(431, "", "");
    }
    if (request.header("Authorization") == null) {
      return request.text().contains("\"initialize\"")
          ? RawServer.response(403, "", "please log in")
          : refused(request, "");
    }
    if (path.equals("/mcp?moved")) {
      return RawServer.response(307, "Location: /mcp/", "");
    }
    if (path.equals("/mcp?scope")) {
      String challenge = "Bearer error=\"insufficient_scope\", scope=\"write\"";
      return RawServer.response(403, "WWW-Authenticate: " + challenge, "");
    }
    return request.text().contains("tools/call")
        ? RawServer.response(404, "", "no session")
        : afterTheFact(request);
  }

  private static List<String> story() {
    String session = "Mcp-Session-Id: " + SESSION;
    String grant = "grant_type=refresh_token&client_id=it&refresh_token=" + Twice.SECRET;
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("h2", "@/mcp", Requests.INITIALIZE));
    requests.add(Requests.post("-", "@/mcp", Requests.LIST));
    requests.add(Requests.get("@" + FakeOAuth.RESOURCE + "/mcp"));
    requests.add(Requests.get("@" + FakeOAuth.RESOURCE));
    requests.add(Requests.get("@" + FakeOAuth.SERVER));
    requests.add(Requests.get("@/.well-known/openid-configuration"));
    requests.add(Requests.form("-", "@/token", grant + "&client_secret=" + Twice.SECRET));
    requests.add(Requests.form("-", "@/token", grant));
    requests.add(Requests.form("async", "@/token", grant));
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE, Requests.OLD));
    requests.add(Requests.post("async", "@/mcp", Requests.LIST));
    requests.add(Requests.post("once", "@/mcp", Requests.LIST, Requests.OLD));
    requests.add(Requests.post("-", "@/mcp", Requests.LIST, Requests.OLD, Requests.OLD));
    requests.add(Requests.post("cookies", "@/mcp", Requests.LIST, Requests.OLD, "baggage: x"));
    requests.add(Requests.post("-", "@/mcp", Requests.CALL, Requests.OLD, session));
    requests.add(Requests.post("follow", "@/mcp?moved", Requests.LIST, Requests.OLD));
    requests.add(Requests.post("-", "@/mcp?scope", Requests.LIST, Requests.OLD));
    requests.add(
        Requests.text(
            "-", "POST @/mcp", Requests.LIST, List.of("MCP-Protocol-Version: 2025-11-25")));
    return requests;
  }

  private static List<String> bytes(Twice.Side side, String client) {
    return side.wire(client).stream()
        .map(each -> (each.head() + each.text()).replaceAll("127\\.0\\.0\\.1(:|%3A)\\d+", "HOST"))
        .toList();
  }

  @Test
  void aDryRunLeavesTheWireByteForByteAsWithoutTheAgent() {
    Twice.Host host = Twice.plain(story());
    Twice.Server server = () -> SafetyIT::troubled;
    List<Twice.Server> servers = List.of(server, server, Twice.ELSEWHERE);
    String[] dry = ALL.clone();
    for (int i = 0; i < dry.length; i++) {
      dry[i] += "=dry-run";
    }
    Twice.Host bare = (jvm, origins) -> host.in(jvm.withoutAgent(), origins);
    Twice.Side without = Twice.side(folder.resolve("without"), bare, servers);
    Twice.Side with = Twice.side(folder.resolve("with"), host, servers, dry);
    for (String client : CLIENTS) {
      assertThat(bytes(with, client)).as(client).isEqualTo(bytes(without, client));
      assertThat(withoutPorts(with.said(client))).isEqualTo(withoutPorts(without.said(client)));
    }
    assertThat(with.applied()).hasSizeGreaterThan(15);
    assertThat(with.run().log().events("fix.applied"))
        .allMatch(line -> line.path("mcpauth.fix.mode").asText().equals("dry-run"));
  }
}
