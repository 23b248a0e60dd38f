package io.github.mcpauth.demo.host;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a challenge and the metadata into the scopes to ask for (MCP 2025-11-25, "Scope Selection
 * Strategy" and "Step-Up Authorization Flow"; SEP-2207 for {@code offline_access}).
 */
final class Scopes {

  static final String OFFLINE = "offline_access";

  /** The challenge's, else all that the resource offers, and what was asked for before. */
  static Set<String> select(Set<String> before, Challenge challenge, List<String> offered) {
    Set<String> scopes = new LinkedHashSet<>(before);
    String demanded = challenge.scope();
    if (demanded != null) {
      Arrays.stream(demanded.split(" ", -1)).filter(scope -> !scope.isEmpty()).forEach(scopes::add);
    } else {
      scopes.addAll(offered);
    }
    return scopes;
  }

  /** For a user who should not have to log in again soon, if the server has something for that. */
  static Set<String> lasting(Set<String> scopes, List<String> ofServer) {
    if (scopes.isEmpty() || !ofServer.contains(OFFLINE)) {
      return scopes; // No scope means the server's default, not none but this one.
    }
    Set<String> all = new LinkedHashSet<>(scopes);
    all.add(OFFLINE);
    return all;
  }

  private Scopes() {}
}
