package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that were under way lately, so that a redirect, a client's retry or a replay finds
 * the exchange that led to it: those that left last, and of those before them the ones that had no
 * answer yet when others came in their place. Bounded, in bytes as well: heads and bodies are as
 * long as a peer likes. What is forgotten is unknown. What may be a credential is kept for a minute
 * after the answer only.
 */
public final class ExchangeHistory {

  private static final int MOST = 256;
  private static final int MOST_SLOW = 512;
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

    private boolean isUnderWay() {
      return exchange.response() == null && exchange.failure() == null;
    }

    private boolean isOver(Instant since) {
      return !isUnderWay() && exchange.sentAt().plus(exchange.elapsed()).isBefore(since);
    }
  }

  // By their ids, which count up.
  private final @Nullable Step[] steps = new Step[MOST];

  /** What others came in the place of while it was under way, oldest first. */
  private final Map<Long, Step> slow = new LinkedHashMap<>();

  private long bytes;

  synchronized void add(Exchange exchange, Attribution attribution) {
    Step before = before(exchange);
    long root = before == null ? exchange.id() : before.root();
    Step own = step(exchange.id());
    Step step = new Step(exchange, attribution, own == null ? root : own.root(), exchange.bytes());
    int place = place(exchange.id());
    Step there = steps[place];
    if (there != null && there.exchange().id() > exchange.id()) {
      putSlow(step);
    } else {
      if (there != null && there.exchange().id() != exchange.id() && there.isUnderWay()) {
        putSlow(there);
      }
      put(place, step);
    }
    while (bytes > MOST_BYTES && emptiesOldest(exchange.id())) {
      // It may take several.
    }
  }

  private void put(int place, @Nullable Step step) {
    bytes += size(step) - size(steps[place]);
    steps[place] = step;
  }

  private void putSlow(Step step) {
    bytes += step.size() - size(slow.put(step.exchange().id(), step));
    if (slow.size() > MOST_SLOW) {
      long least = slow.keySet().iterator().next();
      for (Step each : slow.values()) {
        if (!each.isUnderWay()) {
          least = each.exchange().id();
          break;
        }
      }
      bytes -= size(slow.remove(least));
    }
  }

  private static long size(@Nullable Step step) {
    return step == null ? 0 : step.size();
  }

  /** Forgets the contents of the oldest one that has some, but for this; whether there was one. */
  private boolean emptiesOldest(long newest) {
    Step oldest = null;
    for (Step step : slow.values()) {
      oldest = isOlder(step, newest, oldest) ? step : oldest;
    }
    for (Step step : steps) {
      oldest = isOlder(step, newest, oldest) ? step : oldest;
    }
    if (oldest != null) {
      replace(oldest.withoutContents());
    }
    return oldest != null;
  }

  private static boolean isOlder(@Nullable Step step, long newest, @Nullable Step than) {
    return step != null
        && step.size() > 0
        && step.exchange().id() < (than == null ? newest : than.exchange().id());
  }

  private void replace(Step step) {
    if (slow.containsKey(step.exchange().id())) {
      putSlow(step);
    } else {
      put(place(step.exchange().id()), step);
    }
  }

  private List<Step> all() {
    List<Step> all = new ArrayList<>(slow.values());
    for (Step step : steps) {
      if (step != null) {
        all.add(step);
      }
    }
    return all;
  }

  /** Time passed: forgets what left long ago, and what was in those that are over. */
  public synchronized void forgetOld(Instant now) {
    for (Step step : all()) {
      long id = step.exchange().id();
      if (step.exchange().sentAt().isBefore(now.minus(KEPT))) {
        Step gone = slow.remove(id);
        bytes -= size(gone);
        if (gone == null) {
          put(place(id), null);
        }
      } else if (step.size() > 0 && step.isOver(now.minus(WHOLE))) {
        replace(step.withoutContents());
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
    boolean there = step != null && step.exchange().id() == exchangeId;
    return there || slow.isEmpty() ? (there ? step : null) : slow.get(exchangeId);
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
    for (Step step : all()) {
      Long parent = step.exchange().parentId();
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
