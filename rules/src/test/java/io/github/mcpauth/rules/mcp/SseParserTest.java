package io.github.mcpauth.rules.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseParserTest {

  private static final String STREAM =
      "\uFEFF: comment\nevent: endpoint\ndata: /m?x=ä€😀\n\nid: 7\ndata:a\ndata\ndata:  b\n\n"
          + "event: empty\n\nretry: 1\nid: n\0l\ndata: c\n\ndata: lost";

  private static final List<SseEvent> EVENTS =
      List.of(
          new SseEvent("endpoint", "/m?x=ä€😀", null, false),
          new SseEvent("message", "a\n\n b", "7", false),
          new SseEvent("message", "c", "7", false));

  private static List<SseEvent> parse(byte[] bytes, int piece, int cap) {
    List<SseEvent> events = new ArrayList<>();
    SseParser parser = new SseParser(cap, events::add);
    for (int i = 0; i < bytes.length; i += piece) {
      parser.feed(bytes, i, Math.min(piece, bytes.length - i));
    }
    return events;
  }

  @Test
  void readsTheSameEventsWhateverTheLineEndsAndThePieces() {
    for (String end : List.of("\n", "\r", "\r\n")) {
      byte[] bytes = STREAM.replace("\n", end).getBytes(StandardCharsets.UTF_8);
      for (int piece = 1; piece <= bytes.length; piece++) {
        assertThat(parse(bytes, piece, 1000)).isEqualTo(EVENTS);
      }
    }
  }

  @Test
  void cutsAnEventOfTenMegabytesAndReadsTheNext() {
    byte[] bytes = new byte[10 << 20];
    Arrays.fill(bytes, (byte) 'x');
    List<SseEvent> events = new ArrayList<>();
    SseParser parser = new SseParser(100, events::add);
    for (String part : List.of("data: ", "", "\n\ndata: next\n\n")) {
      byte[] piece = part.isEmpty() ? bytes : part.getBytes(StandardCharsets.UTF_8);
      parser.feed(piece, 0, piece.length);
    }
    assertThat(events)
        .containsExactly(
            new SseEvent("message", "x".repeat(100), null, true),
            new SseEvent("message", "next", null, false));
  }

  @Test
  void cutsAnEventOfManyLinesAndReadsTheNext() {
    String lines = "data: 0123\n".repeat(10) + "id: 9\ndata: more\ndatatype: x\n\ndata: next\n\n";
    for (int piece = 1; piece < 20; piece++) {
      assertThat(parse(lines.getBytes(StandardCharsets.UTF_8), piece, 14))
          .containsExactly(
              new SseEvent("message", "0123\n0123\n0123", "9", true),
              new SseEvent("message", "next", "9", false));
    }
  }

  @Test
  void whereOthersHoldAllAnEventIsCutAndTheNextIsRead() {
    EventRoom room = new EventRoom(100_000);
    List<SseEvent> events = new ArrayList<>();
    List<SseParser> others = new ArrayList<>();
    byte[] begun = ("data: " + "x".repeat(40_000)).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      SseParser other = new SseParser(65_536, events::add, room);
      for (byte[] piece : List.of("data: 1\n".getBytes(StandardCharsets.UTF_8), begun)) {
        other.feed(piece, 0, piece.length);
      }
      others.add(other);
    }
    assertThat(room.held()).isLessThan(100_000 + 500 * 300);
    byte[] rest = "y\ndata: z\nid: 1\n\ndata: next\n\n".getBytes(StandardCharsets.UTF_8);
    others.get(499).feed(rest, 0, rest.length);
    assertThat(events)
        .containsExactly(
            new SseEvent("message", "", "1", true), new SseEvent("message", "next", "1", false));
    others.forEach(SseParser::close);
    assertThat(room.held()).isZero();
  }
}
