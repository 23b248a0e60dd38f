package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with little memory lives through all that a peer makes long, and new each time. */
class LongIdsIT {

  private static final int ANSWERS = 60;
  private static final int EVENTS = 50;
  private static final int LENGTH = 60_000;

  @TempDir Path folder;

  @Test
  void threeThousandEventsWithLongIdsDoNotFillTheHostsHeap() {
    AtomicInteger number = new AtomicInteger();
    try (RawServer server = RawServer.answering(request -> events(number.incrementAndGet()))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses())
              .jvm("-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-Dlength=100")
              .main(ManyCalls.class, server.url("/mcp"), String.valueOf(ANSWERS))
              .run();
      assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
      assertThat(run.stdout().strip()).isEqualTo("answers: " + ANSWERS);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  /** Ids of events, of a server's own requests, and their methods. */
  private static String events(int number) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      String id = number + "-" + i + "-" + "x".repeat(LENGTH / 3);
      events.append("id: ").append(id);
      events.append("\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"").append(id);
      events.append("\",\"method\":\"").append(id).append("\"}\n\n");
    }
    String headers =
        "Content-Type: text/event-stream\nMcp-Session-Id: " + number + "x".repeat(6000);
    return RawServer.response(200, headers, events.toString());
  }
}
