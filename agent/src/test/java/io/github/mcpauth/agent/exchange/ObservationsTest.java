package io.github.mcpauth.agent.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.reading.RequestDefect;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What may wait does until somebody comes by; whatever may not, tells of it first. */
class ObservationsTest {

  private static final Duration SOON = Duration.ofMillis(1);

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private boolean learns = true;
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              ObservationsTest.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) -> {
                if (arguments != null && arguments[0] instanceof StateChange change) {
                  URI server = URI.create(change.serverUrl());
                  if (server.getPath().equals("/bad")) {
                    throw new IllegalStateException("a fault of ours");
                  }
                  heard.add(server.getPath() + " " + change.state().label());
                } else if (method.getName().equals("failed")) {
                  heard.add(String.valueOf(((Map<?, ?>) arguments[0]).get(Field.HOOK_STEP)));
                }
                return method.getReturnType() == boolean.class ? learns : null;
              });
  private final HeldBytes held = new HeldBytes(1 << 20);
  private final Observations observations = observations(Config.DEFAULT);
  private long ids;

  private Observations observations(Config config) {
    Diagnosis diagnosis = new Diagnosis(config, InstantSource.system(), recorder);
    return new Observations(diagnosis, recorder, new Guard("test", recorder), held);
  }

  private Exchange sending(String path) {
    RequestHead head =
        new RequestHead("POST", URI.create("http://127.0.0.1:1" + path), Headers.NONE);
    Body list = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    return Exchange.sending(++ids, ClientKind.OKHTTP, Role.MCP, head, list, Instant.now());
  }

  private static Exchange answered(Exchange exchange, int status) {
    Headers json = Headers.of("Content-Type", "application/json");
    return exchange.answered(new ResponseHead(status, json), SOON);
  }

  private static Exchange wellDone(Exchange exchange) {
    Body result = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    return answered(exchange, 200).withResponseBody(result, SOON);
  }

  @Test
  void untilSomebodyComesByRegularlyTheRulesHearAtOnce() {
    Exchange exchange = sending("/a");
    observations.sent(exchange);
    observations.answered(answered(exchange, 200));
    observations.completed(wellDone(exchange));
    assertThat(heard).containsExactly("/a connecting", "/a connected");
  }

  @Test
  void anExchangeThatGoesWellWaitsForWhoComesBy() {
    observations.attendedBy(() -> {});
    Exchange exchange = sending("/a");
    observations.sent(exchange);
    observations.answered(answered(exchange, 200));
    observations.completed(wellDone(exchange));
    assertThat(heard).isEmpty();
    observations.catchUp();
    assertThat(heard).containsExactly("/a connecting", "/a connected");
  }

  @Test
  void whatMayNotWaitTellsOfWhatDoesFirst() {
    observations.attendedBy(() -> {});
    Exchange well = sending("/a");
    observations.sent(well);
    observations.answered(answered(well, 200));
    observations.completed(wellDone(well));
    observations.answered(answered(sending("/b"), 401));
    assertThat(heard).containsExactly("/a connecting", "/a connected", "/b needs-auth");
  }

  @Test
  void aRefusalARedirectAFailureAConsequenceAndALegOfOAuthMayNotWait() {
    Failure refused = new Failure(Failure.Kind.REFUSED, "refused", null);
    List<Runnable> urgent =
        List.of(
            () -> observations.completed(answered(sending("/other"), 403)),
            () -> observations.answered(answered(sending("/other"), 307)),
            () -> observations.failed(sending("/other").failed(refused, SOON)),
            () -> observations.sent(sending("/other").following(1, FollowUp.RETRY)),
            () -> observations.sent(sending("/other").withRole(Role.TOKEN)));
    observations.attendedBy(() -> {});
    for (int i = 0; i < urgent.size(); i++) {
      observations.sent(sending("/" + i));
      assertThat(heard).doesNotContain("/" + i + " connecting");
      urgent.get(i).run();
      assertThat(heard).contains("/" + i + " connecting");
    }
  }

  @Test
  void whereThereAreFixesNothingWaits() {
    Config repairing =
        new Config(Set.of(), FixMode.ON, Map.of(), Config.DEFAULT.headersLimit(), 8192);
    Observations decided = observations(repairing);
    decided.attendedBy(() -> {});
    decided.sent(sending("/a"));
    assertThat(heard).containsExactly("/a connecting");
  }

  @Test
  void whereNobodyComesByAfterAllTheyDoNotPileUp() {
    observations.attendedBy(() -> {});
    for (int i = 0; i < 3000; i++) {
      observations.sent(sending("/" + i));
    }
    assertThat(heard).hasSizeGreaterThan(2000).startsWith("/0 connecting", "/1 connecting");
  }

  @Test
  void whereManyWaitWhoComesByIsAskedToComeAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    observations.attendedBy(asked::incrementAndGet);
    for (int i = 0; i < 63; i++) {
      observations.sent(sending("/" + i));
    }
    assertThat(asked).hasValue(0);
    observations.sent(sending("/63"));
    assertThat(asked).hasValue(1);
    assertThat(heard).isEmpty(); // The host's thread tells of none.
  }

  @Test
  void whatThereIsNoRoomForDoesNotWait() {
    observations.attendedBy(() -> {});
    Body large =
        Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(400_000) + "\"}");
    observations.sent(sending("/a").withRequestBody(large));
    observations.sent(sending("/b").withRequestBody(large));
    assertThat(heard).isEmpty();
    observations.sent(sending("/c").withRequestBody(large));
    assertThat(heard).containsExactly("/a connecting", "/b connecting", "/c connecting");
    assertThat(held.fits(1 << 20)).isTrue();
  }

  @Test
  void ofWhatCannotBeLearnedNothingIsConcluded() {
    observations.attendedBy(() -> {});
    Exchange first = sending("/a");
    observations.sent(first);
    observations.completed(wellDone(first));
    Exchange refused = sending("/a");
    observations.sent(refused);
    learns = false;
    observations.answered(answered(refused, 401));
    observations.completed(answered(refused, 401));
    assertThat(heard).containsExactly("/a connecting", "/a connected");
    observations.close();
    assertThat(heard).hasSize(2); // Nor is its call one that had no answer.
  }

  @Test
  void aFaultOfOursIsToldAndCostsTheRestNothing() {
    observations.attendedBy(() -> {});
    observations.sent(sending("/bad"));
    observations.sent(sending("/a"));
    observations.catchUp();
    assertThat(heard).containsExactly("observe", "/a connecting");
  }

  @Test
  void theEndTellsOfWhatStillWaits() {
    observations.attendedBy(() -> {});
    observations.sent(sending("/a"));
    observations.close();
    assertThat(heard).containsExactly("/a connecting");
  }

  @Test
  void ofSeveralThreadsEachExchangeIsToldInItsOrder() throws InterruptedException {
    observations.attendedBy(() -> {});
    List<Thread> hosts = new ArrayList<>();
    for (int host = 0; host < 4; host++) {
      List<Exchange> own = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        own.add(sending("/" + host + "/" + i));
      }
      Runnable calls =
          () -> {
            for (Exchange each : own) {
              observations.sent(each);
              observations.answered(answered(each, each.id() % 3 == 0 ? 401 : 200));
              observations.completed(each.id() % 3 == 0 ? answered(each, 401) : wellDone(each));
            }
          };
      hosts.add(new Thread(calls));
    }
    for (Thread host : hosts) {
      host.start();
    }
    for (Thread host : hosts) {
      while (host.isAlive()) {
        observations.catchUp();
        host.join(1);
      }
    }
    observations.catchUp();
    assertThat(heard).hasSize(1600);
    for (int i = 0; i < 800; i++) {
      String path = "/" + i / 200 + "/" + i % 200;
      List<String> own = heard.stream().filter(each -> each.startsWith(path + " ")).toList();
      assertThat(own).hasSize(2).first().isEqualTo(path + " connecting");
    }
  }

  /** The turn is every call's: whoever waits for it has read what a long body says. */
  @Test
  void whoeverHasTheTurnFindsBodiesAndStreamsRead() throws Exception {
    var field = Observations.class.getDeclaredField("turn");
    field.setAccessible(true);
    Object turn = field.get(observations);
    observations.sent(sending("/known"));
    Exchange refused =
        answered(sending("/known"), 400).withResponseBody(Body.of("{\"error\":\"no\"}"), SOON);
    EventStream.Part part = observations.opened().next("data: x\n\n".getBytes(UTF_8));
    Thread telling =
        new Thread(
            () -> {
              observations.streamed(answered(sending("/known"), 200), part);
              observations.completed(refused);
            });
    observations.attendedBy(() -> {});
    synchronized (turn) {
      telling.start();
      while (telling.isAlive() && telling.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      assertThat(telling.isAlive()).isTrue();
      assertThat(refused.responseBody().isReadAs(JsonRpc.CONTENT)).isTrue();
      assertThat(refused.requestBody().isReadAs(RequestDefect.MESSAGE)).isTrue();
      assertThat(part.isRead()).isTrue();
    }
    telling.join();
  }

  @Test
  void ofManyStreamsTheEldestAreNotReadOn() {
    EventStream eldest = observations.opened();
    for (int i = 0; i < 128; i++) {
      observations.opened();
    }
    EventStream newest = observations.opened();
    for (EventStream stream : List.of(eldest, newest)) {
      Exchange asked = sending("/" + (stream == eldest ? "eldest" : "newest"));
      observations.sent(asked);
      Headers type = Headers.of("Content-Type", "text/event-stream");
      Exchange open = asked.answered(new ResponseHead(200, type), SOON);
      observations.answered(open);
      String result = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n";
      observations.streamed(open, stream.next(result.getBytes(UTF_8)));
    }
    assertThat(heard).contains("/newest connected").doesNotContain("/eldest connected");
  }
}
