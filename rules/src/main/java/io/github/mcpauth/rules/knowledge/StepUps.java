package io.github.mcpauth.rules.knowledge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The scopes that a server asked for, challenge by challenge. Confined to the diagnosis's lock. */
public final class StepUps {

  private static final int MOST = 16;
  private static final int MOST_SCOPES = 128;
  private static final int LONGEST_SCOPE = 256;
  private static final int MOST_CHARS = 4096;

  /**
   * A challenge with {@code insufficient_scope}.
   *
   * @param token the digest of the token that was refused, or null where there was none
   */
  private record Asked(Set<String> scopes, @Nullable String token, long exchangeId, Instant at) {}

  private final Deque<Asked> asked = new ArrayDeque<>();

  /** One more 403 {@code insufficient_scope} asked for these scopes. */
  public void asked(
      Collection<String> scopes, @Nullable String token, long exchangeId, Instant at) {
    Set<String> kept = new LinkedHashSet<>();
    int chars = 0;
    for (String scope : scopes) {
      chars += scope.length();
      if (kept.size() < MOST_SCOPES && scope.length() <= LONGEST_SCOPE && chars <= MOST_CHARS) {
        kept.add(scope);
      }
    }
    asked.addLast(new Asked(kept, token, exchangeId, at));
    if (asked.size() > MOST) {
      asked.removeFirst();
    }
  }

  /** How often the very same scopes were asked for so far. */
  public int times(Collection<String> scopes) {
    Set<String> wanted = new LinkedHashSet<>(scopes);
    int count = 0;
    for (Asked each : asked) {
      count += each.scopes().equals(wanted) ? 1 : 0;
    }
    return count;
  }

  /** How many tokens other than this one were refused for want of the very same scopes, lately. */
  public int otherTokens(Collection<String> scopes, @Nullable String token, Instant since) {
    Set<String> wanted = new LinkedHashSet<>(scopes);
    Set<@Nullable String> tokens = new HashSet<>();
    for (Asked each : asked) {
      if (each.scopes().equals(wanted) && each.at().isAfter(since)) {
        tokens.add(each.token());
      }
    }
    tokens.remove(token);
    return tokens.size();
  }

  /**
   * The newest exchange before a moment in which this very token was refused for want of the very
   * same scopes; 0 where there is none.
   */
  public long refused(Collection<String> scopes, @Nullable String token, Instant before) {
    Set<String> wanted = new LinkedHashSet<>(scopes);
    long newest = 0;
    for (Asked each : asked) {
      if (each.scopes().equals(wanted)
          && Objects.equals(each.token(), token)
          && !each.at().isAfter(before)) {
        newest = Math.max(newest, each.exchangeId());
      }
    }
    return newest;
  }

  /** Whether different scopes were asked for in turn. */
  public boolean alternates() {
    Set<Set<String>> different = new HashSet<>();
    asked.forEach(each -> different.add(each.scopes()));
    return different.size() > 1;
  }

  /** The tokens, by their digests, that were refused for want of scope since a moment. */
  public Set<@Nullable String> tokensSince(Instant moment) {
    Set<@Nullable String> tokens = new HashSet<>();
    for (Asked each : asked) {
      if (each.at().isAfter(moment)) {
        tokens.add(each.token());
      }
    }
    return tokens;
  }

  /** Every scope that was asked for since a moment. */
  public Set<String> since(Instant moment) {
    return scopes(each -> each.at().isAfter(moment));
  }

  /** Every scope that a token was refused for want of since a moment. */
  public Set<String> askedOf(@Nullable String token, Instant moment) {
    return scopes(each -> Objects.equals(each.token(), token) && each.at().isAfter(moment));
  }

  private Set<String> scopes(Predicate<Asked> which) {
    Set<String> scopes = new LinkedHashSet<>();
    for (Asked each : asked) {
      if (which.test(each)) {
        scopes.addAll(each.scopes());
      }
    }
    return scopes;
  }
}
