package io.github.mcpauth.agent.console;

import org.jspecify.annotations.Nullable;

/**
 * Lines for a person that belong together: plain ASCII, labelled, and wrapped between words to the
 * width of the terminal, where that is known. Where it is not, a terminal wraps by itself.
 */
final class Block {

  static final String PREFIX = "mcpauth: ";

  private static final int LABEL = 12;
  private static final int NARROWEST = 40;

  private final StringBuilder text = new StringBuilder(1024);
  private final int width;

  /**
   * @param columns the environment's {@code COLUMNS}, or null
   */
  Block(@Nullable String columns) {
    this.width = width(columns);
  }

  private static int width(@Nullable String columns) {
    try {
      int given = columns == null ? 0 : Integer.parseInt(columns.strip());
      return given < NARROWEST ? Integer.MAX_VALUE : given;
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** The line that says what the block is about. */
  Block head(String words) {
    return line("", 2, words);
  }

  /** A line with a label, or without one below such a line. */
  Block line(String label, String words) {
    return line("  " + label + " ".repeat(Math.max(1, LABEL - 2 - label.length())), LABEL, words);
  }

  /** Where to read on: the log, and the exchange that it is about. */
  Block log(String path, String exchange) {
    return path.isEmpty()
        ? this
        : line("log:", path + (exchange.isEmpty() ? "" : ", exchange " + exchange));
  }

  private Block line(String lead, int indent, String words) {
    StringBuilder line = new StringBuilder(PREFIX).append(lead);
    boolean empty = true;
    for (String word : plain(words).split(" ")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        text.append(line).append(System.lineSeparator());
        line = new StringBuilder(PREFIX).append(" ".repeat(indent));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    text.append(line).append(System.lineSeparator());
    return this;
  }

  /** The lines, without the end of the last one. */
  String text() {
    return text.substring(0, text.length() - System.lineSeparator().length());
  }

  /** What a server sent must not control the terminal: anything but printable ASCII is replaced. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '…' ? "..." : c == '§' ? "section " : c >= ' ' && c < 127 ? "" + c : "?");
    }
    return plain.toString();
  }
}
