package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks every rule, and switches one off that keeps throwing. */
final class Rules {

  private static final int TOLERATED = 3;

  private final Rule[] rules;
  private final int[] failures;
  // By phase and rule: most rules have a part in one or two phases, and each question counts.
  private final boolean[][] indifferent;
  private final Listener listener;

  Rules(List<Rule> rules, Listener listener) {
    this.rules = rules.toArray(new Rule[0]);
    this.failures = new int[this.rules.length];
    this.indifferent = new boolean[Phase.values().length][this.rules.length];
    this.listener = listener;
  }

  /** The phases of an exchange in which the rules are asked. */
  enum Phase {
    SENT,
    ANSWERED,
    COMPLETED,
    LEARNED,
    FAILED
  }

  void ask(Phase phase, Exchange exchange, Journey journey, Reporter.Slip slip) {
    boolean[] indifferent = this.indifferent[phase.ordinal()];
    for (int i = 0; i < rules.length; i++) {
      if (failures[i] < TOLERATED && !indifferent[i]) {
        try {
          ask(rules[i], phase, exchange, journey, slip);
          indifferent[i] = slip.wasIndifferent();
        } catch (RuntimeException | StackOverflowError e) {
          failed(i, e);
        }
      }
    }
  }

  private static void ask(
      Rule rule, Phase phase, Exchange exchange, Journey journey, Report report) {
    switch (phase) {
      case SENT -> rule.sent(exchange, journey, report);
      case ANSWERED -> rule.answered(exchange, journey, report);
      case COMPLETED -> rule.completed(exchange, journey, report);
      case LEARNED -> rule.learned(exchange, journey, report);
      case FAILED -> rule.failed(exchange, journey, report);
    }
  }

  /** What a rule says later of what it suspected; null where it takes it back, or throws. */
  @Nullable Finding judge(
      String name, Journey journey, Function<Journey, @Nullable Finding> judgement) {
    int i = 0;
    while (i < rules.length && !name.startsWith(rules[i].info().name())) {
      i++;
    }
    if (i < rules.length && failures[i] >= TOLERATED) {
      return null;
    }
    try {
      return judgement.apply(journey);
    } catch (RuntimeException | StackOverflowError e) {
      if (i < rules.length) {
        failed(i, e);
      }
      return null;
    }
  }

  private void failed(int rule, Throwable error) {
    if (++failures[rule] == 1) {
      listener.ruleFailed(rules[rule].info().name(), error);
    }
  }
}
