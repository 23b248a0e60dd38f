package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fixes sent and wait for, call by call. A call begins with the host's request; each fix acts
 * once in it. Bounded; confined to the lock of the diagnosis.
 */
final class Replays {

  private static final int MOST = 256;

  /** Of heads and bodies, which are as long as a peer likes: with more no fix begins to act. */
  private static final long MOST_BYTES = 4L << 20;

  /** One fix that acted in a call, told once its outcome is known. */
  record Pending(String rule, String action, long exchangeId) {}

  /**
   * A request of a fix that is on its way.
   *
   * @param pending the fixes that led to it
   * @param fix the one that sent it, or null where it is the client's own, changed
   * @param server whose answer the first of them acted on, or null where the fix is
   * @param repeats whether it is the host's request
   * @param looks whether it asks for a document
   * @param carried the exchange that carried the host's request before
   * @param first the exchange whose answer the host gets if it all was in vain
   */
  record Step(
      List<Pending> pending,
      @Nullable Fix fix,
      Continuation then,
      @Nullable McpServer server,
      boolean repeats,
      boolean looks,
      Exchange carried,
      Exchange first) {

    ResponseDecision firstAnswer() {
      ResponseHead response = Objects.requireNonNull(first.response());
      return new ResponseDecision.Answer(response, first.responseBody().bytes());
    }

    long bytes() {
      return carried == first ? first.bytes() : carried.bytes() + first.bytes();
    }

    /** The exchange that carried the host's request last, once the answer to this one is there. */
    Exchange carriedBy(Exchange answer) {
      return repeats ? answer : carried;
    }
  }

  private final Map<Long, Step> underway = new BoundedMap<>(MOST);
  private final Map<Long, Step> followed = new BoundedMap<>(MOST);
  private final Map<Long, Set<String>> acted = new BoundedMap<>(MOST);
  private final Map<Long, String> repaired = new BoundedMap<>(MOST);

  /** Whether a fix may act in a call: once it did, it may not again, nor while much is underway. */
  boolean mayAct(long root, String rule) {
    return !acted.getOrDefault(root, Set.of()).contains(rule) && hasRoom();
  }

  /**
   * Whether more may be sent. Nothing that is on its way is forgotten for it: the host would get
   * the answer to a request of ours for the one to its own.
   */
  boolean hasRoom() {
    return underway.size() + followed.size() < MOST && bytes() < MOST_BYTES;
  }

  private long bytes() {
    long bytes = 0;
    for (Step step : underway.values()) {
      bytes += step.bytes();
    }
    for (Step step : followed.values()) {
      bytes += step.bytes();
    }
    return bytes;
  }

  void acts(long root, String rule, long exchangeId) {
    acted.computeIfAbsent(root, key -> new HashSet<>()).add(rule);
    repaired.put(exchangeId, rule);
  }

  /** Whether the fix of that rule acted on this exchange's answer. */
  boolean actedOn(long exchangeId, String rule) {
    return rule.equals(repaired.get(exchangeId));
  }

  void forget(Pending failed) {
    repaired.remove(failed.exchangeId());
  }

  void sent(long exchangeId, Step step) {
    underway.put(exchangeId, step);
  }

  /** What was to follow from an exchange and did not; null where nothing was. */
  @Nullable Step unsent(long exchangeId) {
    return underway.remove(exchangeId);
  }

  /**
   * What led to an exchange that a fix sent, or to what its client made of that; null where none
   * did.
   */
  @Nullable Step before(Exchange exchange) {
    Long parent = exchange.parentId();
    if (parent == null) {
      return null;
    }
    Step step = followed.get(parent);
    // A client's authenticator may be quicker than the replay: what it sends is the host's.
    return step == null && exchange.followUp() == FollowUp.AUTOFIX ? underway.get(parent) : step;
  }

  /**
   * What a fix sent has ended without a decision: the client goes on by itself, e.g. follows a
   * redirect, and what comes of that is to be decided upon.
   */
  void follows(Exchange ended, Step step) {
    over(ended);
    followed.put(ended.id(), step);
  }

  /** Forgets what began before a moment, and of which nothing was heard since. */
  void forgetBefore(Instant moment) {
    underway.values().removeIf(step -> step.first().sentAt().isBefore(moment));
    followed.values().removeIf(step -> step.first().sentAt().isBefore(moment));
  }

  void over(Exchange exchange) {
    Long parent = exchange.parentId();
    if (parent != null) {
      underway.remove(parent);
      followed.remove(parent);
    }
  }
}
