package io.github.mcpauth.rules.diagnosis;

import java.util.List;
import java.util.function.Consumer;

/** Asks every rule, and switches one off that keeps throwing. */
final class Rules {

  private static final int TOLERATED = 3;

  private final Rule[] rules;
  private final int[] failures;
  private final Listener listener;

  Rules(List<Rule> rules, Listener listener) {
    this.rules = rules.toArray(new Rule[0]);
    this.failures = new int[this.rules.length];
    this.listener = listener;
  }

  void ask(Consumer<Rule> question) {
    for (int i = 0; i < rules.length; i++) {
      if (failures[i] < TOLERATED) {
        try {
          question.accept(rules[i]);
        } catch (RuntimeException | StackOverflowError e) {
          if (++failures[i] == 1) {
            listener.ruleFailed(rules[i].info().name(), e);
          }
        }
      }
    }
  }
}
