package io.github.mcpauth.rules.reading;

import java.util.HashMap;
import java.util.Map;

/** Turns a cause of the table of words into a clause for people: {@code meanings.tsv}. */
final class Meanings {

  private static final String FILE = "/io/github/mcpauth/rules/meanings.tsv";

  /** Read by who asks first, like the table. */
  private static final class Rows {
    static final Map<String, String> ALL = read();
  }

  /** The clause for a cause; the cause's own words where the file has none. */
  static String of(String cause) {
    String meaning = Rows.ALL.get(cause);
    return meaning == null ? cause.replace('-', ' ') : meaning;
  }

  /** All causes that have a clause. */
  static Map<String, String> all() {
    return Rows.ALL;
  }

  private static Map<String, String> read() {
    Map<String, String> rows = new HashMap<>();
    for (String[] cells : Table.rows(FILE, 2)) {
      rows.put(cells[0], cells[1].strip());
    }
    return Map.copyOf(rows);
  }

  private Meanings() {}
}
