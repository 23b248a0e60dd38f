package io.github.mcpauth.rules.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table beside the classes: a row a line, cells parted by tabs, comments that begin with #. */
final class Table {

  /**
   * Its rows, in order.
   *
   * @param file an absolute name on the class path
   * @param columns how many cells each row has
   * @throws IllegalStateException where there is no such file, or a row with more cells or fewer
   */
  static List<String[]> rows(String file, int columns) {
    List<String[]> rows = new ArrayList<>();
    for (String line : text(file).split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns) {
          throw new IllegalStateException(file + ": " + columns + " columns, not: " + line);
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  private static String text(String file) {
    try (InputStream in = Table.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no table at " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Table() {}
}
