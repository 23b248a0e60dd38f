package io.github.mcpauth.rules.diagnosis;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
          failed(i, e);
        }
      }
    }
  }

  /** What a rule says later of what it suspected; null where it takes it back, or throws. */
  @Nullable Finding judge(String name, Supplier<@Nullable Finding> judgement) {
    int i = 0;
    while (i < rules.length && !name.startsWith(rules[i].info().name())) {
      i++;
    }
    if (i < rules.length && failures[i] >= TOLERATED) {
      return null;
    }
    try {
      return judgement.get();
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
