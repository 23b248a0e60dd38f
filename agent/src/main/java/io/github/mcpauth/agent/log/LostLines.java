package io.github.mcpauth.agent.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts lines that were lost, until a line could tell of them. */
final class LostLines {

  private final Map<String, Long> dropped = new TreeMap<>();
  private long unwritten;
  private long elsewhere;

  /** Lines that never came to be written, by kind. */
  void add(Map<String, Long> drops) {
    for (Map.Entry<String, Long> drop : drops.entrySet()) {
      dropped.merge(drop.getKey(), drop.getValue(), Long::sum);
    }
  }

  /** One more line that the file did not take, or that could not be made. */
  void unwritten() {
    unwritten++;
  }

  /** The last one does not count. */
  void notUnwritten() {
    unwritten--;
  }

  /** So many more that the file held until somebody else moved, deleted, or cut it. */
  void elsewhere(long lines) {
    elsewhere += lines;
  }

  long linesElsewhere() {
    return elsewhere;
  }

  boolean isEmpty() {
    return dropped.isEmpty() && unwritten == 0 && elsewhere == 0;
  }

  /**
   * All of them were told of.
   *
   * @param linesElsewhere as many of those: the file may have gone as the line that tells of them
   *     was written
   */
  void clear(long linesElsewhere) {
    dropped.clear();
    unwritten = 0;
    elsewhere -= linesElsewhere;
  }

  /** The fields of {@code agent.gap}. */
  Map<Field, Object> fields() {
    Map<Field, Object> fields = new EnumMap<>(Field.class);
    if (!dropped.isEmpty()) {
      fields.put(Field.GAP_DROPPED, new TreeMap<>(dropped));
      fields.put(Field.GAP_REASON, "more came than could be written without slowing the host");
    }
    if (unwritten > 0) {
      fields.put(Field.GAP_UNWRITTEN, unwritten);
    }
    if (elsewhere > 0) {
      fields.put(Field.GAP_ELSEWHERE, elsewhere);
    }
    return fields;
  }
}
