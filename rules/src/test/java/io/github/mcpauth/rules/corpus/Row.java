package io.github.mcpauth.rules.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the corpus: what happens on the wire, and what the diagnosis must say.
 *
 * @param section the rule that the row is about
 * @param expected {@code rule} or {@code rule(cause)}, or null where nothing may be found
 */
record Row(
    String file, int line, String section, @Nullable String expected, String title, String steps) {

  static final Path CORPUS = Path.of("src/test/resources/corpus");

  boolean fires() {
    return expected != null && (expected + "(").startsWith(section + "(");
  }

  /** The files of the corpus, sorted. */
  static List<String> files() {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file: {@code [rule]} opens a section; {@code + title :: steps} must give that rule's
   * finding, {@code +(cause)} with that sub-cause, {@code = other(cause)} another rule's, {@code -}
   * none. {@code #} is a comment.
   */
  static List<Row> read(String file) {
    List<Row> rows = new ArrayList<>();
    String section = "";
    int number = 0;
    for (String raw : text(file).split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
        continue;
      }
      int colons = line.indexOf("::");
      if (colons < 0) {
        throw new IllegalArgumentException(file + ":" + number + ": no \"::\" in " + line);
      }
      String head = line.substring(0, colons).strip();
      int space = head.indexOf(' ');
      String sign = space < 0 ? head : head.substring(0, space);
      String expected =
          switch (sign.charAt(0)) {
            case '+' -> section + sign.substring(1);
            case '=' -> sign.substring(1);
            case '-' -> null;
            default -> throw new IllegalArgumentException(file + ":" + number + ": " + sign);
          };
      String steps = line.substring(colons + 2).strip();
      rows.add(
          new Row(
              file, number, section, expected, space < 0 ? "" : head.substring(space + 1), steps));
    }
    return rows;
  }

  static String text(String file) {
    try {
      return Files.readString(CORPUS.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
