package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs under way: what fixes sent and wait for, chain by chain. A chain begins with the host's
 * request; each fix acts once in it. Bounded; confined to the lock of the diagnosis.
 */
final class Repairs {

  private static final int MOST = 256;

  /** One fix that acted in a chain, told once its outcome is known. */
  record Pending(String rule, String action, long exchangeId) {}

  /**
   * A request of a fix that is on its way.
   *
   * @param pending the fixes that led to it
   * @param first what the host gets if it all was in vain
   */
  record Underway(
      List<Pending> pending,
      Enabled<Fix> by,
      Continuation then,
      ResponseHead first,
      Body firstBody) {

    ResponseDecision firstAnswer() {
      return new ResponseDecision.Answer(first, firstBody.bytes());
    }
  }

  private final Map<Long, Underway> underway = new BoundedMap<>(MOST);
  private final Map<Long, Underway> followed = new BoundedMap<>(MOST);
  private final Map<Long, Set<String>> acted = new BoundedMap<>(MOST);
  private final Map<Long, String> repaired = new BoundedMap<>(MOST);

  /** Whether a fix may act in a chain: once it did, it may not again. */
  boolean mayAct(long root, String rule) {
    return !acted.getOrDefault(root, Set.of()).contains(rule);
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

  void sent(long exchangeId, Underway step) {
    underway.put(exchangeId, step);
  }

  /**
   * What led to an exchange that a fix sent, or to what its client made of that; null where none
   * did.
   */
  @Nullable Underway before(Exchange exchange) {
    Long parent = exchange.parentId();
    if (parent == null) {
      return null;
    }
    Underway step = followed.get(parent);
    // A client's authenticator may be quicker than the replay: what it sends is the host's.
    return step == null && exchange.cause() == Cause.AUTOFIX ? underway.get(parent) : step;
  }

  /**
   * What a fix sent has ended without a decision: the client goes on by itself, e.g. follows a
   * redirect, and what comes of that is to be decided upon.
   */
  void follows(Exchange ended, Underway step) {
    over(ended);
    followed.put(ended.id(), step);
  }

  void over(Exchange exchange) {
    Long parent = exchange.parentId();
    if (parent != null) {
      underway.remove(parent);
      followed.remove(parent);
    }
  }
}
