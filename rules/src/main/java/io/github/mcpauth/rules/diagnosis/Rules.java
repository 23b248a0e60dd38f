package io.github.mcpauth.rules.diagnosis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks every rule, and switches one off that keeps throwing. */
final class Rules {

  private static final int TOLERATED = 3;

  private final List<Rule> rules;
  private final Listener listener;
  private final Map<String, Integer> failures = new HashMap<>();

  Rules(List<Rule> rules, Listener listener) {
    this.rules = rules;
    this.listener = listener;
  }

  void ask(Consumer<Rule> question) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      String name = rule.info().name();
      if (isOn(name)) {
        try {
          question.accept(rule);
        } catch (RuntimeException | StackOverflowError e) {
          failed(name, e);
        }
      }
    }
  }

  /** What a rule says later of what it suspected; null where it takes it back, or throws. */
  @Nullable Finding judge(String name, Supplier<@Nullable Finding> judgement) {
    if (!isOn(name)) {
      return null;
    }
    try {
      return judgement.get();
    } catch (RuntimeException | StackOverflowError e) {
      failed(name, e);
      return null;
    }
  }

  private boolean isOn(String name) {
    return failures.getOrDefault(name, 0) < TOLERATED;
  }

  private void failed(String name, Throwable error) {
    if (failures.merge(name, 1, Integer::sum) == 1) {
      listener.ruleFailed(name, error);
    }
  }
}
