package io.github.mcpauth.rules.mcp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds revisions of the protocol, dates like {@code 2025-11-25}, in a text. */
public final class Revisions {

  /** The protocol's revisions, oldest first. */
  public static final List<String> KNOWN =
      List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Era.FIRST_STATELESS);

  private static final int LENGTH = 10;
  private static final int MOST = 8;

  /** The revisions in a text, in order, without duplicates and without the given one. */
  public static List<String> in(String text, @Nullable String except) {
    Set<String> found = new LinkedHashSet<>();
    for (int at = text.indexOf("20");
        at >= 0 && found.size() < MOST;
        at = text.indexOf("20", at + 1)) {
      if (at + LENGTH <= text.length() && isDate(text, at)) {
        found.add(text.substring(at, at + LENGTH));
      }
    }
    if (except != null) {
      found.remove(except);
    }
    return new ArrayList<>(found);
  }

  private static boolean isDate(String text, int start) {
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(start + i);
      boolean dash = i == 4 || i == 7;
      if (dash ? c != '-' : c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  private Revisions() {}
}
