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

  private static final Set<String> OF_OPENID =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");

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

  /**
   * Whether some scopes have all of others in them, which must be known. Those of OpenID Connect
   * (Core 1.0 §5.4, §11) permit nothing at an API.
   */
  static boolean cover(Collection<String> some, Collection<String> others) {
    Set<String> needed = new LinkedHashSet<>(others);
    needed.removeAll(OF_OPENID);
    return !needed.isEmpty() && some.containsAll(needed);
  }

  private Scopes() {}
}
