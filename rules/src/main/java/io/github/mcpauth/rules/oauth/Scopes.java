package io.github.mcpauth.rules.oauth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads and joins scope lists: tokens separated by a space (RFC 6749 §3.3). */
public final class Scopes {

  /** The scopes in a list, in order, without duplicates; none for null. */
  public static List<String> split(@Nullable String list) {
    if (list == null || list.isBlank()) {
      return List.of();
    }
    Set<String> scopes = new LinkedHashSet<>();
    StringTokenizer each = new StringTokenizer(list.strip());
    while (each.hasMoreTokens()) {
      scopes.add(each.nextToken());
    }
    return new ArrayList<>(scopes);
  }

  /** Everything in either, the first's order first (MCP 2026-07-28, Step-Up Authorization Flow). */
  public static String union(Collection<String> granted, Collection<String> asked) {
    Set<String> all = new LinkedHashSet<>(granted);
    all.addAll(asked);
    return String.join(" ", all);
  }

  private Scopes() {}
}
