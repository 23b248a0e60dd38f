package io.github.mcpauth.agent.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.reading.RequestDefect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody waits for long bodies and busy streams of others, and they take no memory to speak of. */
class HeavyObservationsTest extends ObservedExchanges {

  /** The turn is every call's: whoever waits for it has read what a long body says. */
  @Test
  void whoeverHasTheTurnFindsBodiesReadAndBeTheyLong() throws Exception {
    var field = Observations.class.getDeclaredField("turn");
    field.setAccessible(true);
    Object turn = field.get(observations);
    observations.sent(sending("/known"));
    Exchange refused =
        answered(sending("/known").withRequestBody(LONG), 400)
            .withResponseBody(Body.of("{\"error\":\"no\"}"), SOON);
    Thread telling = new Thread(() -> observations.completed(refused));
    observations.attendedBy(() -> {});
    Exchange waits = answered(sending("/known"), 200);
    observations.answered(waits);
    synchronized (turn) {
      telling.start();
      while (telling.isAlive() && telling.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      assertThat(telling.isAlive()).isTrue();
      assertThat(refused.responseBody().isReadAs(JsonRpc.CONTENT)).isTrue();
      assertThat(refused.requestBody().isReadAs(RequestDefect.MESSAGE)).isTrue();
      assertThat(waits.requestBody().isReadAs(JsonRpc.CONTENT)).isTrue();
    }
    telling.join();
  }

  /** Who must tell at once waits for one of them at most. */
  @Test
  void ofBodiesThatTakeLongOneWaitsToBeRead() {
    observations.attendedBy(() -> {});
    List<Exchange> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sent.add(sending("/" + i).withRequestBody(new Body(LONG.bytes(), LONG.size(), true)));
      observations.sent(sent.get(i));
    }
    assertThat(heard).isEmpty();
    assertThat(sent)
        .extracting(each -> each.requestBody().isReadAs(JsonRpc.CONTENT))
        .containsExactly(false, true, true);
    observations.catchUp();
    Exchange next = sending("/next").withRequestBody(new Body(LONG.bytes(), LONG.size(), true));
    observations.sent(next);
    assertThat(next.requestBody().isReadAs(JsonRpc.CONTENT)).isFalse();
  }

  /** However many events a stream brings at once, the host does not wait until they are told of. */
  @Test
  void aStreamThatBringsMoreThanCanBeToldOfIsNotReadOn() {
    observations.attendedBy(() -> {});
    Exchange open = opened(sending("/a"));
    EventStream stream = observations.opened(open);
    byte[] events = "data: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n".repeat(400).getBytes(UTF_8);
    for (int i = 0; i < 100 && stream.isOpen(); i++) {
      observations.streamed(open, stream, events);
    }
    assertThat(heard).isEmpty();
    assertThat(stream.isOpen()).isFalse();
    observations.catchUp();
    String result = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n";
    observations.streamed(open, stream, result.getBytes(UTF_8));
    observations.completed(open);
    observations.close();
    assertThat(heard).containsExactly("/a connecting"); // And of a call without an answer nothing.
    Exchange other = opened(sending("/b"));
    observations.streamed(other, observations.opened(other), result.getBytes(UTF_8));
    observations.catchUp();
    assertThat(heard).endsWith("/b connected"); // There is room again.
  }

  @Test
  void ofManyStreamsTheEldestAreNotReadOn() {
    Exchange eldest = opened(sending("/eldest"));
    EventStream its = observations.opened(eldest);
    for (int i = 0; i < 127; i++) {
      observations.opened(eldest);
    }
    Exchange newest = opened(sending("/newest"));
    EventStream last = observations.opened(newest);
    byte[] result = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n".getBytes(UTF_8);
    observations.streamed(eldest, its, result);
    observations.streamed(newest, last, result);
    assertThat(heard).contains("/newest connected").doesNotContain("/eldest connected");
  }
}
