package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that were under way lately, so that a redirect, a client's retry or a replay finds
 * the exchange that led to it. Bounded; what is forgotten is unknown.
 */
public final class ExchangeHistory {

  private static final int MOST = 256;

  /**
   * One step.
   *
   * @param attribution whose it is, decided once
   * @param root the id of the exchange that the chain began with
   */
  public record Step(Exchange exchange, Attribution attribution, long root) {}

  // By their ids, which count up; of two in one place the one that was heard of last is known.
  private final @Nullable Step[] steps = new Step[MOST];

  synchronized void add(Exchange exchange, Attribution attribution) {
    Step before = before(exchange);
    long root = before == null ? exchange.id() : before.root();
    steps[place(exchange.id())] = new Step(exchange, attribution, root);
  }

  /** Forgets what left before a moment: what follows from an exchange does so at once. */
  public synchronized void forgetBefore(Instant moment) {
    for (int i = 0; i < MOST; i++) {
      Step step = steps[i];
      if (step != null && step.exchange().sentAt().isBefore(moment)) {
        steps[i] = null;
      }
    }
  }

  /** The exchange that led to this one, with its response; null where unknown or none. */
  public synchronized @Nullable Step before(Exchange exchange) {
    Long parent = exchange.parentId();
    return parent == null ? null : step(parent);
  }

  /** Whose an exchange was found to be, or null where that is not known. */
  synchronized @Nullable Attribution attribution(long exchangeId) {
    Step step = step(exchangeId);
    return step == null ? null : step.attribution();
  }

  private @Nullable Step step(long exchangeId) {
    Step step = steps[place(exchangeId)];
    return step != null && step.exchange().id() == exchangeId ? step : null;
  }

  private static int place(long exchangeId) {
    return (int) (exchangeId % MOST);
  }

  /** The exchange that a client's redirect led from, or null. */
  public @Nullable Exchange redirectedFrom(Exchange exchange) {
    Step step = exchange.followUp() == FollowUp.REDIRECT ? before(exchange) : null;
    return step == null ? null : step.exchange();
  }

  /** The exchange that a chain of redirects and replays began with, as far as it is known. */
  public synchronized Exchange first(Exchange exchange) {
    Exchange first = exchange;
    for (Step before = before(first); before != null; before = before(first)) {
      first = before.exchange();
    }
    return first;
  }

  /** Whether the client went on from this exchange by itself. */
  public synchronized boolean isFollowed(long exchangeId) {
    for (Step step : steps) {
      Long parent = step == null ? null : step.exchange().parentId();
      if (parent != null && parent == exchangeId) {
        return true;
      }
    }
    return false;
  }

  /** The id of the exchange that a chain of redirects and replays began with. */
  public synchronized long root(Exchange exchange) {
    Step own = step(exchange.id());
    Step before = own == null ? before(exchange) : own;
    return before == null ? exchange.id() : before.root();
  }
}
