package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.mcp.EventRoom;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of which something is lost is read on from a whole event; halves are never joined. */
class EventStreamsTest {

  private static final Exchange OPENED = opened(1);

  private static Exchange opened(long id) {
    return Exchange.sending(
        id,
        ClientKind.OKHTTP,
        Role.MCP,
        new RequestHead("GET", URI.create("http://127.0.0.1/mcp"), Headers.NONE),
        Body.NONE,
        Instant.EPOCH);
  }

  private final List<String> events = new ArrayList<>();
  private final EventStreams streams =
      new EventStreams((event, exchange, server) -> events.add(event.data()));

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void whateverIsLostWhatIsReadWasSent(String end) {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      List<String> sent = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        String data = "first " + i;
        text.append("data: ").append(data).append(end);
        text.append("data: second ").append(i).append(end).append(end);
        sent.add(data + "\nsecond " + i);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      events.clear();
      streams.opened(OPENED, null);
      long lost = 0;
      long told = 0;
      boolean lastLost = false;
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(30));
        lastLost = random.nextInt(4) == 0;
        if (lastLost) {
          lost += to - from;
        } else {
          told += streams.feed(1, from, Arrays.copyOfRange(bytes, from, to));
        }
        lost = lastLost && to == bytes.length ? lost - (to - from) : lost;
        from = to;
      }
      streams.closed(1);
      assertThat(events).isSubsetOf(sent).doesNotHaveDuplicates();
      assertThat(told).isLessThanOrEqualTo(lost + bytes.length);
      if (told == 0 && !lastLost) {
        assertThat(events).isEqualTo(sent);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void afterAGapTheNextWholeEventIsRead(String end) {
    streams.opened(OPENED, null);
    byte[] first = ("data: a" + end + end + "data: hal").getBytes(StandardCharsets.US_ASCII);
    byte[] last = ("f" + end + end + "data: b" + end + end).getBytes(StandardCharsets.US_ASCII);
    assertThat(streams.feed(1, 0, first)).isZero();
    assertThat(streams.feed(1, first.length + 10, last)).isEqualTo(10);
    assertThat(events).containsExactly("a", "b");
  }

  @Test
  void whatIsHeldOfManyStreamsIsBoundedAndGivenBack() {
    EventRoom room = new EventRoom(200_000);
    EventStreams many =
        new EventStreams((event, exchange, server) -> events.add(event.data()), room);
    byte[] begun = ("data: " + "x".repeat(50_000)).getBytes(StandardCharsets.US_ASCII);
    for (int id = 1; id <= 400; id++) {
      many.opened(opened(id), null);
      many.feed(id, 0, begun);
    }
    assertThat(room.held()).isLessThan(200_000 + 400 * 300);
    for (int id = 1; id <= 400; id++) {
      many.closed(id);
    }
    assertThat(room.held()).isZero();
  }
}
