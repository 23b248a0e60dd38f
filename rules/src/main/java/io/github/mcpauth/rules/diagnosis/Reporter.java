package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.journey.BoundedMap;
import io.github.mcpauth.rules.journey.Journey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one finding through for each root cause: the first rule that explains an exchange (or one of
 * its redirects and replays) has it; what follows from an open finding is linked to that one.
 * Confined to the lock of the diagnosis.
 */
final class Reporter implements LongConsumer {

  private static final int MOST = 512;

  private final Desk desk;
  private final States states;
  private final Fixes fixes;
  private final Map<Long, String> claimed = new BoundedMap<>(MOST);

  private final Map<Long, Runnable> repaired = new BoundedMap<>(MOST);

  Reporter(Desk desk, States states, Fixes fixes) {
    this.desk = desk;
    this.states = states;
    this.fixes = fixes;
  }

  /** Where the rules report what they find about an exchange. */
  Slip on(Exchange exchange, Journey journey) {
    return new Slip(exchange, journey);
  }

  /** Takes what the rules say of one exchange. */
  final class Slip implements Report {
    private final Exchange exchange;
    private final Journey journey;
    private boolean indifferent;

    private Slip(Exchange exchange, Journey journey) {
      this.exchange = exchange;
      this.journey = journey;
    }

    @Override
    public void indifferent() {
      indifferent = true;
    }

    /** Whether the rule that was asked last has no part in the phase. */
    boolean wasIndifferent() {
      boolean was = indifferent;
      indifferent = false;
      return was;
    }

    @Override
    public void found(Finding finding) {
      take(finding, exchange, journey);
    }

    @Override
    public void suspect(
        String rule, Duration quiet, Function<Journey, @Nullable Finding> judgement) {
      desk.suspect(rule, quiet, exchange, journey, judgement);
    }
  }

  /** Judges the suspicions that are due, or all: a cause before what follows from it. */
  void judge(boolean all) {
    List<Desk.Judged> ripe = desk.ripe(all);
    for (boolean consequences : new boolean[] {false, true}) {
      for (Desk.Judged judged : ripe) {
        if (follows(judged, ripe) == consequences) {
          take(judged.finding(), judged.exchange(), judged.journey());
        }
      }
    }
  }

  private static boolean follows(Desk.Judged judged, List<Desk.Judged> others) {
    Map<String, Long> rules = new LinkedHashMap<>();
    for (Desk.Judged other : others) {
      if (other.journey() == judged.journey() && other != judged) {
        rules.put(other.finding().rule(), other.exchange().id());
      }
    }
    return Causes.of(judged.finding().rule(), rules) != null;
  }

  private void take(Finding finding, Exchange exchange, Journey journey) {
    String rule = finding.rule();
    if (Causes.isIndependent(rule)) {
      desk.found(finding);
      return;
    }
    long root = journey.trail().root(exchange);
    String owner = claimed.putIfAbsent(root, rule);
    if (owner != null && !owner.equals(rule)) {
      return; // Another rule has explained this exchange already, and better.
    }
    String cause = Causes.of(rule, journey.named());
    if (cause != null) {
      desk.linked(finding, cause, journey.named().getOrDefault(cause, 0L));
      return;
    }
    if (fixes.repaired(exchange, rule)) {
      repaired.put(exchange.id(), () -> tell(finding, exchange, journey));
      desk.found(finding.repaired());
      states.explained(finding.repaired(), journey, exchange);
    } else {
      tell(finding, exchange, journey);
    }
  }

  /** A repair that was announced turned out to be in vain: the finding stands as it was. */
  @Override
  public void accept(long exchangeId) {
    Runnable tell = repaired.remove(exchangeId);
    if (tell != null) {
      tell.run();
    }
  }

  private void tell(Finding finding, Exchange exchange, Journey journey) {
    if (finding.severity() != Severity.NOTE) {
      journey.named(finding.rule(), exchange.id());
    }
    desk.found(finding);
    states.explained(finding, journey, exchange);
  }
}
