package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Half an hour of an application that is in good health, with servers that are, too: with and
 * without login, with slow tools, tools that fail, sessions that expire and tokens that do, and
 * streams that are not offered. Nothing is said: no finding, be it a note, and no closing block.
 */
class HealthyTrafficTest {

  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  private final Scenario scenario = new Scenario(Config.DEFAULT);
  private long seconds;
  private long tokens;
  private long sessions;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsSaid(long seed) {
    Random random = new Random(seed);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      peers.add(new Peer(i, random));
    }
    while (seconds < HALF_AN_HOUR.toSeconds()) {
      peers.get(random.nextInt(peers.size())).goesOn();
      pause(random.nextInt(20));
    }
    peers.forEach(Peer::leaves);
    pause(15);
    scenario.diagnosis().close();
    assertThat(scenario.findings).isEmpty();
    assertThat(scenario.statuses).isEmpty();
    assertThat(scenario.stateNames()).contains("connected");
  }

  private void pause(long time) {
    for (long i = 0; i < time; i++) {
      scenario.later(Duration.ofSeconds(1));
      seconds++;
    }
  }

  /** One MCP server, with its authorization server, and what the application does with it. */
  private final class Peer {
    private final String origin;
    private final String issuer;
    private final boolean login;
    private final boolean hasSessions;
    private final int stream;
    private final Random random;
    private String token = "";
    private String refresh = "";
    private String session = "";
    private boolean connected;
    private int id;

    Peer(int number, Random random) {
      this.origin = "https://mcp" + number + ".example";
      this.issuer = "https://as" + number + ".example";
      this.login = number % 2 == 0;
      this.hasSessions = number % 3 != 0;
      this.stream = List.of(405, 404, 200).get(random.nextInt(3));
      this.random = random;
    }

    void goesOn() {
      if (!connected) {
        connects();
        return;
      }
      switch (random.nextInt(10)) {
        case 0 -> tokenExpires();
        case 1 -> sessionExpires();
        case 2 -> toolFails();
        case 3, 4 -> slowTool();
        case 5 -> ok("ping", "{}");
        case 6 -> ok("tools/list", "{\"tools\":[]}");
        default -> ok("tools/call", "{\"content\":[]}");
      }
    }

    private void connects() {
      if (login && token.isEmpty()) {
        refused("initialize");
        logsIn();
      }
      initializes();
      notifies();
      asksForStream();
      ok("tools/list", "{\"tools\":[]}");
      connected = true;
    }

    private void initializes() {
      String opened = hasSessions ? "session-" + origin.hashCode() + "-" + ++sessions : "";
      Headers answer = hasSessions ? JSON.plus("Mcp-Session-Id", opened) : JSON;
      RequestHead head = head("POST");
      session = opened;
      String body = request("initialize");
      String result = result("{\"protocolVersion\":\"2025-11-25\"}");
      scenario.play(head, body, new ResponseHead(200, answer), result);
    }

    private void notifies() {
      RequestHead head = head("POST");
      String body = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
      scenario.play(head, body, new ResponseHead(202, Headers.NONE), "");
    }

    private void asksForStream() {
      RequestHead head =
          new RequestHead(
              "GET", URI.create(origin + "/mcp"), own(Headers.of("Accept", "text/event-stream")));
      if (stream == 200) {
        String message = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
        scenario.playStream(head, "", Duration.ofSeconds(20 + random.nextInt(10)), message);
      } else {
        scenario.play(head, "", new ResponseHead(stream, Headers.NONE), "");
      }
    }

    /** A person is at the browser for a while. */
    private void logsIn() {
      get(
          origin + "/.well-known/oauth-protected-resource/mcp",
          Hostile.resourceMetadata(origin + "/mcp", issuer));
      get(
          issuer + "/.well-known/oauth-authorization-server",
          Hostile.serverMetadata(issuer, issuer + "/token"));
      pause(random.nextInt(50));
      grant("authorization_code&code=c" + seconds + "&code_verifier=" + "v".repeat(43));
    }

    private void grant(String type) {
      token = "token-" + ++tokens + "-0123456789abcdef";
      refresh = "refresh-" + tokens + "-0123456789abcdef";
      Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
      RequestHead head = new RequestHead("POST", URI.create(issuer + "/token"), form);
      String body = "grant_type=" + type + "&client_id=client-1&resource=" + origin + "/mcp";
      scenario.play(
          head,
          body,
          new ResponseHead(200, JSON),
          "{\"access_token\":\""
              + token
              + "\",\"token_type\":\"Bearer\",\"expires_in\":600,"
              + "\"refresh_token\":\""
              + refresh
              + "\"}");
    }

    private void tokenExpires() {
      if (login) {
        refused("tools/list");
        grant("refresh_token&refresh_token=" + refresh);
        ok("tools/list", "{\"tools\":[]}");
      }
    }

    private void refused(String method) {
      String hint = origin + "/.well-known/oauth-protected-resource/mcp";
      String error = token.isEmpty() ? "" : "error=\"invalid_token\", ";
      Headers challenge =
          Headers.of("WWW-Authenticate", "Bearer " + error + "resource_metadata=\"" + hint + "\"");
      fails(method, 401, challenge);
    }

    private void sessionExpires() {
      if (hasSessions) {
        fails("tools/list", 404, Headers.NONE);
        session = "";
        initializes();
        notifies();
        ok("tools/list", "{\"tools\":[]}");
      }
    }

    private void toolFails() {
      ok(
          "tools/call",
          "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no such file\"}]}");
    }

    private void slowTool() {
      String progress =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}";
      String body = request("tools/call");
      scenario.playStream(
          head("POST"),
          body,
          Duration.ofSeconds(random.nextInt(4)),
          progress,
          progress,
          result("{}"));
    }

    private void ok(String method, String result) {
      succeeds(method, JSON, result);
    }

    private void succeeds(String method, Headers answer, String result) {
      String body = request(method); // Its id is the result's.
      scenario.play(head("POST"), body, new ResponseHead(200, answer), result(result));
    }

    private void fails(String method, int status, Headers answer) {
      scenario.play(head("POST"), request(method), new ResponseHead(status, answer), "");
    }

    private String request(String method) {
      id++;
      return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{}}";
    }

    private String result(String result) {
      return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }

    private RequestHead head(String method) {
      Headers headers = JSON.plus("Accept", "application/json, text/event-stream");
      return new RequestHead(method, URI.create(origin + "/mcp"), own(headers));
    }

    private Headers own(Headers start) {
      Headers headers = start.plus("MCP-Protocol-Version", "2025-11-25");
      headers = token.isEmpty() ? headers : headers.plus("Authorization", "Bearer " + token);
      return session.isEmpty() ? headers : headers.plus("Mcp-Session-Id", session);
    }

    private void get(String url, String body) {
      scenario.get(url, 200, "application/json", body);
    }

    void leaves() {
      if (connected && hasSessions) {
        scenario.play(head("DELETE"), "", new ResponseHead(200, Headers.NONE), "");
      }
    }
  }
}
