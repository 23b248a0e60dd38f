package io.github.mcpauth.rules.knowledge;

import java.util.Map;

/**
 * The page that a host asked for last, of each list: a cursor that it asks for again is one that
 * the page before named itself. Confined to the lock of the diagnosis.
 */
public final class ListPages {

  private static final int MOST_LISTS = 16;
  private static final int LONGEST_CURSOR = 128;

  private record Page(String cursor, int times) {}

  private final Map<String, Page> last = new BoundedMap<>(MOST_LISTS);

  /** A page was answered; how often in a row with this very cursor. */
  public int asked(String method, String cursor) {
    String key =
        cursor.length() <= LONGEST_CURSOR
            ? cursor
            : cursor.substring(0, LONGEST_CURSOR) + cursor.hashCode();
    Page before = last.get(method);
    int times = before != null && before.cursor.equals(key) ? before.times + 1 : 1;
    last.put(method, new Page(key, times));
    return times;
  }

  /** A list was begun anew. */
  public void begun(String method) {
    last.remove(method);
  }

  /** Whether a page behind the first was asked for since a list was begun. */
  public boolean isUnderWay(String method) {
    return last.containsKey(method);
  }
}
