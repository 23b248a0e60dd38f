package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first event of a stream, looked for where streams begin; it is handed on once. */
final class FirstEvent implements Consumer<SseEvent> {

  /** Bytes of the stream in which it is looked for, and of memory that reading them takes. */
  private static final int LONGEST = 16 * 1024;

  private static final long A_PARSER = 512;
  private static final long A_BYTE = 4;

  private final FirstEvents all;
  private final Consumer<SseEvent> sink;
  private volatile @Nullable SseParser parser = new SseParser(LONGEST, this);
  private int read;

  FirstEvent(FirstEvents all, Consumer<SseEvent> sink) {
    this.all = all;
    this.sink = sink;
  }

  /** Whether it is still looked for. */
  boolean isOpen() {
    return parser != null;
  }

  /** About how many bytes of memory it takes, where it has read no more than so many. */
  static long weight(int read) {
    return A_PARSER + A_BYTE * read;
  }

  /** The next bytes of the stream; by one thread at a time. */
  void feed(byte[] bytes) {
    SseParser parser = this.parser;
    if (parser == null) {
      return;
    }
    int count = Math.min(bytes.length, LONGEST - read);
    read += count;
    all.grew(this, weight(read));
    parser.feed(bytes, 0, count);
    if (read == LONGEST) {
      close();
    }
  }

  @Override
  public void accept(SseEvent event) {
    if (isOpen()) {
      close();
      sink.accept(event);
    }
  }

  /** It is looked for no longer; what was read is forgotten. For any thread. */
  void close() {
    parser = null;
    all.forget(this);
  }
}
