package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.mcpauth.rules.engine.HostileHost.Step;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a peer sends makes a rule throw, hang, or reach the host. Each test has 20 s for all
 * of its exchanges: what is quadratic in what a peer sends takes longer.
 */
class HostileInputTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int[] TELLING = {200, 302, 400, 401, 403, 404, 431, 500};

  private static final Config REPAIRING =
      new Config(Set.of(), FixMode.ON, all(FixMode.ON), 8 * 1024, 6 * 1024);

  private static Map<String, FixMode> all(FixMode mode) {
    Map<String, FixMode> modes = new HashMap<>();
    Catalogue.fixNames().forEach(name -> modes.put(name, mode));
    return modes;
  }

  /** A host that has logged in and has a session, so that no rule lacks what it compares with. */
  private static HostileHost loggedIn(Config config) {
    HostileHost host = new HostileHost(config);
    Headers json = Headers.of("Content-Type", "application/json");
    String hint = "Bearer resource_metadata=\"" + Hostile.request("prm").head().url() + "\"";
    host.play(answer("init", 401, Headers.of("WWW-Authenticate", hint), ""));
    host.play(answer("prm", 200, json, Hostile.resourceMetadata(Hostile.SERVER, Hostile.AS)));
    host.play(answer("asm", 200, json, Hostile.serverMetadata(Hostile.AS, Hostile.AS + "/token")));
    String tokens = Hostile.tokens(",\"expires_in\":60,\"refresh_token\":\"r\"");
    host.play(answer("code", 200, json, tokens));
    String ok = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    host.play(answer("init with a token", 200, json.plus("Mcp-Session-Id", "s-1"), ok));
    return host;
  }

  private static Step answer(String request, int status, Headers headers, String body) {
    Step step = Hostile.request(request);
    return Hostile.answered(step, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void unharmed(Consumer<HostileHost> actions) {
    for (HostileHost host : List.of(new HostileHost(Config.DEFAULT), loggedIn(REPAIRING))) {
      assertTimeoutPreemptively(
          LIMIT,
          () -> {
            actions.accept(host);
            host.later(60);
            host.close();
          });
      assertThat(host.ruleFailures).isEmpty();
    }
  }

  @Test
  void everyStatusOfEveryRequest() {
    unharmed(
        host -> {
          for (Step step : Hostile.requests().values()) {
            for (int status = 0; status < 1000; status++) {
              host.play(Hostile.answered(step, status, Headers.NONE, new byte[0]));
            }
            host.play(Hostile.answered(step, -1, Headers.NONE, new byte[0]));
            host.play(Hostile.answered(step, Integer.MAX_VALUE, Headers.NONE, new byte[0]));
          }
        });
  }

  @Test
  void everyBodyWithEveryTypeInAnswerToEveryRequest() {
    List<byte[]> bodies = Hostile.bodies(new Random(7));
    unharmed(
        host -> {
          int turn = 0;
          for (Step step : Hostile.requests().values()) {
            for (byte[] body : bodies) {
              String type = Hostile.types().get(turn % Hostile.types().size());
              Headers headers = Headers.of("Content-Type", type);
              host.play(Hostile.answered(step, 200, headers, body));
              host.play(Hostile.answered(step, TELLING[turn++ % TELLING.length], headers, body));
            }
            host.later(2);
          }
        });
  }

  @Test
  void everyBodyInTheRequest() {
    List<byte[]> bodies = Hostile.bodies(new Random(8));
    unharmed(
        host -> {
          for (Step step : Hostile.requests().values()) {
            for (byte[] body : bodies) {
              Body cut = new Body(body, body.length + 9, false);
              ResponseHead refusal = new ResponseHead(400, Headers.NONE);
              host.play(new Step(step.role(), step.head(), cut, refusal, cut, null));
            }
          }
        });
  }

  @Test
  void everyChallenge() {
    unharmed(
        host -> {
          for (String value : Hostile.challenges()) {
            for (Step step : Hostile.requests().values()) {
              for (int status : new int[] {401, 403}) {
                Headers headers = Headers.of("WWW-Authenticate", value);
                host.play(Hostile.answered(step, status, headers, new byte[0]));
              }
            }
          }
        });
  }

  @Test
  void everyUrlInLocationAndHint() {
    unharmed(
        host -> {
          for (String url : Hostile.urls()) {
            String hint = "Bearer resource_metadata=\"" + url + "\"";
            for (Step step : Hostile.requests().values()) {
              for (int status : new int[] {301, 302, 307, 401, 403}) {
                Headers headers = Headers.of("Location", url, "WWW-Authenticate", hint);
                host.play(Hostile.answered(step, status, headers, new byte[0]));
                host.play(Hostile.answered(step, 401, headers, new byte[0]), FollowUp.REDIRECT);
              }
              host.firstEvent(step, "endpoint", url);
            }
          }
        });
  }

  @Test
  void everySetOfHeadersInRequestAndAnswer() {
    unharmed(
        host -> {
          int turn = 0;
          for (Headers headers : Hostile.heads()) {
            for (Step step : Hostile.requests().values()) {
              int status = TELLING[turn++ % TELLING.length];
              host.play(Hostile.answered(step, status, headers, new byte[0]));
              Step both = Hostile.answered(step, 401, headers, new byte[0]);
              host.play(Hostile.with(both, headers));
            }
          }
        });
  }

  @Test
  void everyFailureWithEveryMessage() {
    List<String> messages = new ArrayList<>(Hostile.urls());
    messages.addAll(Hostile.challenges());
    messages.add("PKIX path building failed: " + "x".repeat(100_000));
    messages.add("Tunnel failed, got: 99999999999999");
    unharmed(
        host -> {
          for (Failure.Kind kind : Failure.Kind.values()) {
            for (Step step : Hostile.requests().values()) {
              for (String message : messages) {
                host.play(Hostile.failed(step, kind, message));
              }
              Failure none = new Failure(kind, "", null);
              host.play(new Step(step.role(), step.head(), step.body(), null, Body.NONE, none));
            }
          }
        });
  }

  /** Others, and more: {@code -Dmcpauth.fuzz.seed=… -Dmcpauth.fuzz.sequences=…}. */
  @Test
  void randomSequences() {
    long seed = Long.getLong("mcpauth.fuzz.seed", 20261121);
    int sequences = Integer.getInteger("mcpauth.fuzz.sequences", 2000);
    // Some 10 s; a machine that is busy takes several times as long.
    Duration limit = Duration.ofSeconds(60).plus(Duration.ofMillis(20).multipliedBy(sequences));
    assertTimeoutPreemptively(limit, () -> fuzz(seed, sequences), "seed " + seed);
  }

  private static void fuzz(long seed, int sequences) {
    Random random = new Random(seed);
    Fuzz fuzz = new Fuzz(random);
    for (int i = 0; i < sequences; i++) {
      Config config = random.nextInt(3) == 0 ? REPAIRING : Config.DEFAULT;
      HostileHost host = random.nextBoolean() ? new HostileHost(config) : loggedIn(config);
      try {
        int length = 1 + random.nextInt(8);
        for (int step = 0; step < length; step++) {
          host.play(fuzz.step(), fuzz.cause());
          if (random.nextInt(4) == 0) {
            host.later(random.nextInt(5));
          }
        }
        host.close();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", sequence " + i, e);
      }
      assertThat(host.ruleFailures).as("seed %s, sequence %s", seed, i).isEmpty();
    }
  }
}
