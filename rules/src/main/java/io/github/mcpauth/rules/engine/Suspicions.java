package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a suspicion ripen until the host has been quiet for a while, and has it judged then. Of
 * those that repeat each other the last one counts, if it ripens with the first: a host that asks
 * again and again and is refused each time must not wait for its finding until it gives up.
 *
 * <p>Confined to the lock of the diagnosis.
 */
final class Suspicions {

  private static final int MOST = 1000;

  /** What has no proof by then keeps no exchange, with its credentials, any longer. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private record Suspicion(
      String rule,
      Duration quiet,
      Exchange exchange,
      McpServer server,
      Instant since,
      boolean lasts,
      Function<McpServer, @Nullable Finding> judgement) {}

  /** A suspicion that proved right. */
  record Judged(Finding finding, Exchange exchange, McpServer server) {}

  private final InstantSource clock;
  private final Rules rules;

  /** The first of each that is not judged yet. */
  private final Map<String, Suspicion> suspicions = new LinkedHashMap<>();

  /** The last one that repeats it. */
  private final Map<String, Suspicion> repeats = new HashMap<>();

  Suspicions(InstantSource clock, Rules rules) {
    this.clock = clock;
    this.rules = rules;
  }

  /** The first of a rule's suspicions about a server keeps its place in the queue. */
  void suspect(
      String rule,
      Duration quiet,
      Exchange exchange,
      McpServer server,
      Function<McpServer, @Nullable Finding> judgement) {
    add(rule, quiet, exchange, server, false, judgement);
  }

  /** One that is judged until it is proven. */
  void suspectUntilProven(
      String rule,
      Exchange exchange,
      McpServer server,
      Function<McpServer, @Nullable Finding> judgement) {
    add(rule, Duration.ZERO, exchange, server, true, judgement);
  }

  private void add(
      String rule,
      Duration quiet,
      Exchange exchange,
      McpServer server,
      boolean lasts,
      Function<McpServer, @Nullable Finding> judgement) {
    if (suspicions.size() < MOST) {
      Suspicion suspicion =
          new Suspicion(rule, quiet, exchange, server, clock.instant(), lasts, judgement);
      String key = rule + '|' + server.url();
      Suspicion first = suspicions.get(key);
      // Of one exchange more is known as it goes on.
      boolean isFirst = lasts || first == null || first.exchange().id() == exchange.id();
      (isFirst ? suspicions : repeats).put(key, suspicion);
    }
  }

  /** Judges the suspicions about servers that have been quiet, or all of them. */
  List<Judged> ripe(boolean all) {
    List<Judged> ripe = new ArrayList<>();
    Instant now = clock.instant();
    for (var each = suspicions.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Suspicion> entry = each.next();
      Suspicion first = entry.getValue();
      Suspicion repeat = repeats.get(entry.getKey());
      Suspicion last = repeat == null ? first : repeat;
      if (all || isRipe(last, now)) {
        boolean lasts = last.lasts() && last.since().plus(LONGEST).isAfter(now);
        if (judge(last, ripe) || all || !lasts) {
          each.remove();
          repeats.remove(entry.getKey());
        }
      } else if (repeat != null && isRipe(first, now)) {
        judge(first, ripe);
        entry.setValue(repeat);
        repeats.remove(entry.getKey());
      }
    }
    return ripe;
  }

  private static boolean isRipe(Suspicion suspicion, Instant now) {
    return !quietSince(suspicion).plus(suspicion.quiet()).isAfter(now);
  }

  private boolean judge(Suspicion suspicion, List<Judged> ripe) {
    Finding finding = rules.judge(suspicion.rule(), suspicion.server(), suspicion.judgement());
    if (finding != null) {
      ripe.add(new Judged(finding, suspicion.exchange(), suspicion.server()));
    }
    return finding != null;
  }

  /**
   * When the first of these suspicions is judged if nothing more happens; null where there is none.
   * Those that wait for a proof have no such time.
   *
   * @param exchanges by their numbers
   */
  @Nullable Instant nextOf(LongPredicate exchanges) {
    Instant next = null;
    for (Map<String, Suspicion> some : List.of(suspicions, repeats)) {
      for (Suspicion each : some.values()) {
        if (!each.lasts() && exchanges.test(each.exchange().id())) {
          Instant ripe = quietSince(each).plus(each.quiet());
          next = next == null || ripe.isBefore(next) ? ripe : next;
        }
      }
    }
    return next;
  }

  private static Instant quietSince(Suspicion suspicion) {
    Instant progress = suspicion.server().progress().loginWentOn();
    return progress == null || progress.isBefore(suspicion.since()) ? suspicion.since() : progress;
  }
}
