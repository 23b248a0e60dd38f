package io.github.mcpauth.rules.journey;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The scopes that a server asked for, challenge by challenge. Confined to the diagnosis's lock. */
public final class StepUps {

  private static final int MOST = 16;

  private final Deque<Set<String>> asked = new ArrayDeque<>();
  private final Set<String> ever = new LinkedHashSet<>();

  /** One more 403 {@code insufficient_scope} asked for these scopes. */
  public void asked(Collection<String> scopes) {
    asked.addLast(new LinkedHashSet<>(scopes));
    if (asked.size() > MOST) {
      asked.removeFirst();
    }
    if (ever.size() < 256) {
      ever.addAll(scopes);
    }
  }

  /** How often the very same scopes were asked for so far. */
  public int times(Collection<String> scopes) {
    Set<String> wanted = new LinkedHashSet<>(scopes);
    int count = 0;
    for (Set<String> each : asked) {
      count += each.equals(wanted) ? 1 : 0;
    }
    return count;
  }

  /** Whether different scopes were asked for in turn. */
  public boolean alternates() {
    return new LinkedHashSet<>(asked).size() > 1;
  }

  /** Every scope that was ever asked for. */
  public Set<String> all() {
    return ever;
  }
}
