package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.HostileHost.Step;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Headers;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rules do with an answer takes time in proportion to its length at most: they do it under
 * one lock. Four times as much text may take eight times as long; what is quadratic takes sixteen.
 */
class LinearTimeTest {

  private static final Config CONFIG = repairing();
  private static final int LENGTH = 1000;
  private static final int ANSWERS = 20;
  private static final int TRIES = 4;
  private static final double MOST = 8;

  /** Where that is all, no more is measured than the clock. */
  private static final double NOISE_MILLIS = 15;

  private static Config repairing() {
    Map<String, FixMode> modes = new HashMap<>();
    Catalogue.fixNames().forEach(name -> modes.put(name, FixMode.ON));
    return new Config(Set.of(), FixMode.ON, modes, 8 * 1024, 6 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session ",
        "session 1",
        "session id ",
        "no session ",
        "unknown or a ",
        " ",
        "\n",
        "<",
        "<script",
        "<script>",
        "<h1>",
        "<title",
        "</",
        "&",
        "&#39;",
        "a@",
        "{\"",
        "[",
        "{\"a\":",
        "\"error\":",
        "\\\\",
        "data:",
        "data: {\n",
        "error=",
        "%25",
        "http ",
        "401 ",
        "error 401",
        "Bearer ",
        "a=\"",
        "a=\",",
        "0",
        "x",
        "ä",
        "ab-",
        "http://a/",
        "missing or x session",
        "(",
        ", "
      })
  void theTimeForAnAnswerIsLinearInItsLength(String piece) {
    // An error is read to its first 4 KB, a result to its end.
    for (String type : List.of("text/html", "text/plain", "application/json")) {
      isLinear(piece, 1000, type, 400);
      isLinear(piece, 1000, type, 500);
    }
    isLinear(piece, 8000, "application/json", 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x ",
        ",",
        "=",
        "\"",
        "\\\"",
        "a=b, ",
        "a=\"b\", ",
        "a=\"",
        "Bearer ",
        "Bearer a=\"b\", ",
        "Bearer error=\"invalid_token\", ",
        "scope=\"a b\", ",
        "resource_metadata=x, ",
        "Basic "
      })
  void theTimeForAChallengeIsLinearInItsLength(String piece) {
    for (String start : List.of("", "Bearer scope=\"", "Bearer error=\"insufficient_scope\", ")) {
      for (int status : new int[] {401, 403}) {
        isLinear(
            start + piece,
            length ->
                answered(
                    "list",
                    status,
                    Headers.of("WWW-Authenticate", start + filled(piece, length)),
                    ""));
      }
    }
  }

  private static void isLinear(String piece, int length, String type, int status) {
    isLinear(
        type + " " + status + " " + piece,
        longer ->
            answered(
                "list",
                status,
                Headers.of("Content-Type", type),
                filled(piece, longer / LENGTH * length)));
  }

  private static String filled(String piece, int length) {
    return piece.repeat(1 + length / piece.length());
  }

  private static void isLinear(String what, IntFunction<Step> ofLength) {
    double ratio = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && ratio > MOST; i++) {
      double brief = millis(ofLength.apply(LENGTH));
      ratio = millis(ofLength.apply(4 * LENGTH)) / Math.max(brief, NOISE_MILLIS);
    }
    assertThat(ratio).as(what).isLessThan(MOST);
  }

  /** The CPU time for some such answers in a session that is known. */
  private static double millis(Step answer) {
    HostileHost host = new HostileHost(CONFIG);
    Headers json = Headers.of("Content-Type", "application/json");
    String ok = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    host.play(answered("init with a token", 200, json.plus("Mcp-Session-Id", "s-1"), ok));
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < ANSWERS; i++) {
      host.play(answer);
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static Step answered(String request, int status, Headers headers, String body) {
    Step step = Hostile.request(request);
    return Hostile.answered(step, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
