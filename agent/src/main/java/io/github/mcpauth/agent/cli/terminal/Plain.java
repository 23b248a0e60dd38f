package io.github.mcpauth.agent.cli.terminal;

/**
 * Makes text of a peer harmless to a terminal: what moves the cursor, changes colours, hides or
 * turns round what follows is shown as {@code ?}, and a line stays one line.
 */
public final class Plain {

  /** The text as one line of printable characters. */
  public static String text(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(shown(c)));
    return plain.toString();
  }

  private static int shown(int c) {
    if (c == '\n' || c == '\r' || c == '\t') {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> c;
    };
  }

  private Plain() {}
}
