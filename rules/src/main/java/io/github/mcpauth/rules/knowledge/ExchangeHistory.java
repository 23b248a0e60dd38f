package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that were under way lately, so that a redirect, a client's retry or a replay finds
 * the exchange that led to it. Bounded, in bytes as well: heads and bodies are as long as a peer
 * likes. What is forgotten is unknown. What may be a credential is kept for a minute after the
 * answer only.
 */
public final class ExchangeHistory {

  private static final int MOST = 256;
  private static final long MOST_BYTES = 1L << 20;
  private static final Duration KEPT = Duration.ofMinutes(15);

  /** What follows from an exchange does so at once. */
  private static final Duration WHOLE = Duration.ofMinutes(1);

  /**
   * One step.
   *
   * @param attribution whose it is, decided once
   * @param root the id of the exchange that the chain began with
   * @param size about how many bytes its heads and bodies take
   */
  public record Step(Exchange exchange, Attribution attribution, long root, long size) {

    private Step withoutContents() {
      return new Step(exchange.withoutContents(), attribution, root, 0);
    }

    private boolean isOver(Instant since) {
      return (exchange.response() != null || exchange.failure() != null)
          && exchange.sentAt().plus(exchange.elapsed()).isBefore(since);
    }
  }

  // By their ids, which count up; of two in one place the one that was heard of last is known.
  private final @Nullable Step[] steps = new Step[MOST];
  private long bytes;

  synchronized void add(Exchange exchange, Attribution attribution) {
    Step before = before(exchange);
    long root = before == null ? exchange.id() : before.root();
    put(place(exchange.id()), new Step(exchange, attribution, root, exchange.bytes()));
    for (int oldest = oldest(exchange); oldest >= 0; oldest = oldest(exchange)) {
      Step step = steps[oldest];
      put(oldest, step == null ? null : step.withoutContents());
    }
  }

  private void put(int place, @Nullable Step step) {
    Step before = steps[place];
    bytes += (step == null ? 0 : step.size()) - (before == null ? 0 : before.size());
    steps[place] = step;
  }

  /** The place of the oldest one but this; -1 where there is none, or enough room for all. */
  private int oldest(Exchange newest) {
    int oldest = -1;
    long least = newest.id();
    for (int i = 0; i < MOST && bytes > MOST_BYTES; i++) {
      Step step = steps[i];
      if (step != null && step.size() > 0 && step.exchange().id() < least) {
        least = step.exchange().id();
        oldest = i;
      }
    }
    return oldest;
  }

  /** Time passed: forgets what left long ago, and what was in those that are over. */
  public synchronized void forgetOld(Instant now) {
    for (int i = 0; i < MOST; i++) {
      Step step = steps[i];
      if (step != null && step.exchange().sentAt().isBefore(now.minus(KEPT))) {
        put(i, null);
      } else if (step != null && step.size() > 0 && step.isOver(now.minus(WHOLE))) {
        put(i, step.withoutContents());
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

  /**
   * The exchange that the client itself went on from with the same request, after a redirect, a
   * challenge or a lost connection; or null.
   */
  public @Nullable Exchange wentOnFrom(Exchange exchange) {
    FollowUp why = exchange.followUp();
    Step step = why == null || why == FollowUp.AUTOFIX ? null : before(exchange);
    return step == null ? null : step.exchange();
  }

  /**
   * Whether something led to an exchange, and it is not known any more what: while an answer takes
   * its time, a busy host sends hundreds of others.
   */
  public boolean hasForgotten(Exchange exchange) {
    return exchange.parentId() != null && before(exchange) == null;
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
