package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.HostileHost.Step;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Headers;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rules do with an answer takes time in proportion to its length at most: they do it under
 * one lock. Four times as much text may take eight times as long; what is quadratic takes sixteen.
 */
class LinearTimeTest {

  private static final int ANSWERS = 20;
  private static final int TRIES = 4;
  private static final double MOST = 8;

  /** Where that is all, no more is measured than the clock. */
  private static final double NOISE_MILLIS = 15;

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

  private static void isLinear(String piece, int length, String type, int status) {
    double ratio = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && ratio > MOST; i++) {
      double brief = millis(piece, length, type, status);
      ratio = millis(piece, 4 * length, type, status) / Math.max(brief, NOISE_MILLIS);
    }
    assertThat(ratio).as("%s %d, %d of %s", type, status, length, piece).isLessThan(MOST);
  }

  /** The CPU time for some such answers in a session that is known. */
  private static double millis(String piece, int length, String type, int status) {
    HostileHost host = new HostileHost(Config.DEFAULT);
    Headers json = Headers.of("Content-Type", "application/json");
    String ok = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    host.play(answered("init with a token", 200, json.plus("Mcp-Session-Id", "s-1"), ok));
    String text = piece.repeat(1 + length / piece.length());
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < ANSWERS; i++) {
      host.play(answered("list", status, Headers.of("Content-Type", type), text));
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static Step answered(String request, int status, Headers headers, String body) {
    Step step = Hostile.request(request);
    return Hostile.answered(step, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
