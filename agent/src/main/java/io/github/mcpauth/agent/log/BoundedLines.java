package io.github.mcpauth.agent.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines, of which none is held that is longer than a line of a log can be. */
final class BoundedLines {

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private byte[] line = new byte[4 * 1024];
  private int length;
  private boolean tooLong;

  /**
   * @param longest in bytes, without the end of the line
   */
  BoundedLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Reads on to the end of the next line; false where there is none. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(end);
      boolean complete = end < limit;
      position = complete ? end + 1 : end;
      if (complete) {
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(0, read);
    return read > 0;
  }

  private void append(int end) {
    int count = end - position;
    tooLong |= length + count > longest;
    if (tooLong) {
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(buffer, position, line, length, count);
    length += count;
  }

  /** The line; broken UTF-8 in it is replaced. Null where it is too long. */
  @Nullable String line() {
    return tooLong ? null : new String(line, 0, length, StandardCharsets.UTF_8);
  }
}
