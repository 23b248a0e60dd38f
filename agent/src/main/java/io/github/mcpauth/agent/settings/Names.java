package io.github.mcpauth.agent.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a mistyped or shortened one was meant to be. */
public final class Names {

  private static final int FARTHEST = 4;

  /**
   * The only known name that starts so; where none does, the nearest; null where several start so,
   * or none is near.
   */
  public static @Nullable String nearest(String name, Collection<String> known) {
    String nearest = null;
    String given = name.toLowerCase(Locale.ROOT);
    List<String> longer = known.stream().filter(each -> each.startsWith(given)).toList();
    if (!longer.isEmpty()) {
      return longer.size() == 1 ? longer.get(0) : null;
    }
    int best = Math.min(FARTHEST, Math.max(1, name.length() / 3)) + 1;
    for (String candidate : known) {
      int distance = distance(given, candidate);
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private Names() {}
}
