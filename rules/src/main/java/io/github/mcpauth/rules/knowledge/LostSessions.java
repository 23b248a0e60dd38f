package io.github.mcpauth.rules.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a server said it does not know, and what tells why: one that is taken again
 * afterwards is known to some servers and not to others; several in a row that are lost while they
 * are in use have not died of age. Confined to the lock of the diagnosis.
 */
public final class LostSessions {

  private static final int MOST = 64;

  /** A session that was used so short a time ago did not expire. */
  private static final Duration IN_USE = Duration.ofSeconds(10);

  /** Losses that are further apart are not of one cause. */
  private static final Duration TOGETHER = Duration.ofMinutes(2);

  private final Map<String, Instant> refused = new BoundedMap<>(MOST);
  private final Set<String> wavering = BoundedMap.set(MOST);
  private @Nullable String lastTaken;
  private Instant lastTakenAt = Instant.MIN;
  private @Nullable Instant lastLoss;
  private long lastLossBy;
  private int inARow;

  /** A session begins: with an id of before it is another one all the same. */
  void opened(String id) {
    refused.remove(id);
    wavering.remove(id);
  }

  /** A request in a session was answered with success. */
  void taken(String id, Instant sentAt) {
    lastTaken = id;
    lastTakenAt = sentAt;
    Instant before = refused.get(id);
    if (before != null && !sentAt.isBefore(before)) {
      wavering.add(id);
    }
  }

  /**
   * A request in a session was refused, as the server does not know it.
   *
   * @param opened the session, or null where its start was not seen
   * @param exchangeId the exchange that was refused
   * @param at when the answer came
   */
  public void refused(String id, @Nullable McpSession opened, long exchangeId, Instant at) {
    boolean known = refused.putIfAbsent(id, at) != null;
    if (known || opened == null || !Objects.equals(lastTaken, id)) {
      return; // One that was never taken is none that was lost.
    }
    boolean used = !lastTakenAt.plus(IN_USE).isBefore(at);
    boolean next =
        lastLoss != null
            && opened.exchangeId() > lastLossBy
            && !lastLoss.plus(TOGETHER).isBefore(at);
    inARow = !used ? 0 : next ? inARow + 1 : 1;
    lastLoss = at;
    lastLossBy = exchangeId;
  }

  /** Whether the session was refused, and a request that was sent later was taken in it. */
  public boolean wavers(String id) {
    return wavering.contains(id);
  }

  /** How many sessions were lost in use, each of them opened after the one before was lost. */
  public int inARow() {
    return inARow;
  }
}
