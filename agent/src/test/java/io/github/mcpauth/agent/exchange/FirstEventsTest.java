package io.github.mcpauth.agent.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many streams are open with half an event each, memory is bounded in bytes. */
class FirstEventsTest {

  private static final int MOST = 200_000;

  private final FirstEvents all = new FirstEvents(MOST);
  private final List<String> events = new ArrayList<>();

  private FirstEvent opened() {
    return all.of(event -> events.add(event.event() + " " + event.data()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void theFirstEventIsHandedOnAndNoOther() {
    FirstEvent first = opened();
    first.feed(bytes(": hello\n\nevent: endp"));
    first.feed(bytes("oint\ndata: /m\n\nevent: endpoint\ndata: /n\n\n"));
    first.feed(bytes("event: endpoint\ndata: /o\n\n"));
    assertThat(events).containsExactly("endpoint /m");
    assertThat(first.isOpen()).isFalse();
    assertThat(all.held()).isZero();
  }

  @Test
  void theEldestGiveWayAndTheNewestIsRead() {
    List<FirstEvent> opened = new ArrayList<>();
    byte[] half = bytes("event: endpoint\ndata: /" + "x".repeat(10_000));
    for (int i = 0; i < 5000; i++) {
      FirstEvent first = opened();
      first.feed(half);
      opened.add(first);
      assertThat(all.held()).isLessThanOrEqualTo(MOST);
    }
    assertThat(opened.get(0).isOpen()).isFalse();
    assertThat(opened.get(4999).isOpen()).isTrue();
    opened.get(0).feed(bytes("\n\n"));
    opened.get(4999).feed(bytes("\n\n"));
    assertThat(events).hasSize(1);
    opened.forEach(FirstEvent::close);
    assertThat(all.held()).isZero();
  }

  @Test
  void streamsThatSayNothingCountAsWell() {
    for (int i = 0; i < 5000; i++) {
      opened();
    }
    assertThat(all.held()).isBetween(MOST / 2L, (long) MOST);
  }

  @Test
  void itIsLookedForWhereStreamsBegin() {
    FirstEvent first = opened();
    for (int i = 0; i < 100; i++) {
      first.feed(bytes(":" + "x".repeat(998) + "\n"));
    }
    assertThat(first.isOpen()).isFalse();
    assertThat(all.held()).isZero();
  }
}
