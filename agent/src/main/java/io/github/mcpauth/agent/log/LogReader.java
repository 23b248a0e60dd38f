package io.github.mcpauth.agent.log;

import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what {@link LogWriter} wrote. */
public final class LogReader {

  /**
   * Hands over every line of a log, in order.
   *
   * @return how many lines were none of a log: half of one, from a process that was killed
   */
  public static long read(Path log, Consumer<LogLine> lines) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      return read(in, lines);
    }
  }

  /**
   * Hands over every line of a stream, which stays open.
   *
   * @return how many lines were none of a log
   */
  public static long read(InputStream in, Consumer<LogLine> lines) throws IOException {
    long broken = 0;
    BoundedLines texts = new BoundedLines(in, LineFormat.LONGEST);
    while (texts.next()) {
      String text = texts.line();
      LogLine line = text == null ? null : line(text);
      if (line == null) {
        broken++;
      } else {
        lines.accept(line);
      }
    }
    return broken;
  }

  /**
   * Whether a file is empty or begins with a line of a log; the first one may have been cut short.
   */
  public static boolean isLog(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] start = in.readNBytes(2 * LineFormat.LONGEST);
      int first = endOfLine(start, 0);
      return start.length == 0
          || isLine(start, 0, first)
          || (start[0] == '{' && isLine(start, first + 1, endOfLine(start, first + 1)));
    }
  }

  private static int endOfLine(byte[] text, int from) {
    int end = Math.min(from, text.length);
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isLine(byte[] text, int from, int to) {
    return from < to && line(new String(text, from, to - from, StandardCharsets.UTF_8)) != null;
  }

  /** The line that a text is; null where it is none. */
  public static @Nullable LogLine line(String text) {
    try {
      if (!(Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> members)) {
        return null;
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (member.getValue() != null) {
          fields.put(String.valueOf(member.getKey()), member.getValue());
        }
      }
      boolean ours =
          fields.get(Field.EVENT_NAME.key()) instanceof String
              && fields.get(Field.RUN_ID.key()) instanceof String;
      return ours
          ? new LogLine(EventName.of(String.valueOf(fields.get(Field.EVENT_NAME.key()))), fields)
          : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  private LogReader() {}
}
