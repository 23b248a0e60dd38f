package io.github.mcpauth.rules.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that fixes opened at one server in the place of those that the host still names. One
 * that the server forgets at once (several replicas without affinity) is not followed by another
 * before a pause, which doubles each time. Confined to the lock of the diagnosis.
 */
public final class Renewals {

  private static final int MOST = 32;
  private static final Duration SHORT_LIVED = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /**
   * @param owner whom the request acted for, for which it was opened
   */
  private record Renewal(String id, Identity owner, Instant at) {}

  private final Tokens tokens;
  private final Map<String, Renewal> renewed = new BoundedMap<>(MOST);
  private Duration pause = SHORT_LIVED;
  private @Nullable Instant notBefore;

  Renewals(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The session that was opened in the place of one that the host names, for somebody; null where
   * there is none.
   */
  public @Nullable String as(String id, Identity who) {
    Renewal renewal = renewed.get(id);
    return renewal != null && tokens.actForSame(renewal.owner(), who) ? renewal.id() : null;
  }

  /** Whether any session was opened. */
  public boolean isEmpty() {
    return renewed.isEmpty();
  }

  /** Whether a session was opened in its place for somebody else. */
  public boolean isAnothers(String id, Identity who) {
    return renewed.containsKey(id) && as(id, who) == null;
  }

  /**
   * A session was opened in the place of another one, itself the host's or a renewed one.
   *
   * @param owner whom it was opened for
   */
  public void opened(String id, String opened, Identity owner, Instant now) {
    if (openedAt(id) != null) {
      pause = SHORT_LIVED; // The one before lived long enough.
    }
    Renewal renewal = new Renewal(opened, owner, now);
    renewed.replaceAll((host, known) -> known.id().equals(id) ? renewal : known);
    renewed.put(id, renewal);
  }

  /** The server gave this id to a session that begins now: whatever had it before is over. */
  void begins(String id) {
    renewed.keySet().remove(id);
    renewed.values().removeIf(renewal -> renewal.id().equals(id));
  }

  /** Whether a session was opened by a fix, and so lately that its end is no restart's doing. */
  public boolean isShortLived(String id, Instant now) {
    Instant at = openedAt(id);
    return at != null && now.isBefore(at.plus(SHORT_LIVED));
  }

  /** Whether no session is to be opened now. */
  public boolean pauses(Instant now) {
    Instant until = notBefore;
    return until != null && now.isBefore(until);
  }

  /** A session that a fix opened is of no use: the host's own stands again. */
  public void abandoned(String opened, Instant now) {
    renewed.values().removeIf(renewal -> renewal.id().equals(opened));
    notBefore = now.plus(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private @Nullable Instant openedAt(String id) {
    for (Renewal renewal : renewed.values()) {
      if (renewal.id().equals(id)) {
        return renewal.at();
      }
    }
    return null;
  }
}
