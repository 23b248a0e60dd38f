package io.github.mcpauth.agent.check.client;

import org.jspecify.annotations.Nullable;

/**
 * What a client does where a rule finds something.
 *
 * @param rule the finding's
 * @param cause of the finding; null for any
 * @param words what it does, as a sentence without a subject
 * @param source where that is written, or that it was measured
 */
public record Habit(
    String rule, @Nullable String cause, Effect effect, String words, String source) {

  static Habit of(String rule, Effect effect, String words, String source) {
    return new Habit(rule, null, effect, words, source);
  }

  boolean isAbout(String foundRule, String foundCause) {
    return rule.equals(foundRule) && (cause == null || cause.equals(foundCause));
  }
}
