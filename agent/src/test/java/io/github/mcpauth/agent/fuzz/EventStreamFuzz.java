package io.github.mcpauth.agent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;

/** An event stream has the same events, however the network cuts it. */
class EventStreamFuzz {

  private static final int LONGEST = 512;

  @FuzzTest(maxDuration = "3s")
  void events(byte[] data) {
    String whole = Reader.events(data, Math.max(1, data.length));
    assertThat(Reader.events(data, 1)).isEqualTo(whole);
    assertThat(Reader.events(data, 3)).isEqualTo(whole);
  }

  /** Apart, since JUnit looks at the types of all methods before Jazzer can instrument them. */
  private static final class Reader {

    static String events(byte[] data, int size) {
      StringBuilder events = new StringBuilder();
      SseParser parser = new SseParser(LONGEST, event -> events.append(inWords(event)));
      for (int i = 0; i < data.length; i += size) {
        parser.feed(data, i, Math.min(size, data.length - i));
      }
      return events.toString();
    }

    private static String inWords(SseEvent event) {
      assertThat(event.data().length()).isLessThanOrEqualTo(LONGEST);
      return event + " " + event.id() + ": " + event.data() + "\n";
    }
  }
}
