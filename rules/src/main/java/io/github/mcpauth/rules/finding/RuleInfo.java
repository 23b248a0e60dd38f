package io.github.mcpauth.rules.finding;

import org.jspecify.annotations.Nullable;

/**
 * What a rule is, apart from what it sees: the source of its log fields, property and page.
 *
 * @param name kebab-case, never reused
 * @param title without values, at most 90 characters
 * @param spec the clause it rests on
 * @param fixSafety {@code NONE} where there is no fix of the same name
 */
public record RuleInfo(
    String name, String title, Severity severity, Actor actor, String spec, FixSafety fixSafety) {

  /** The property that enables the fix, or null where there is none. */
  public @Nullable String fixProperty() {
    return fixSafety == FixSafety.NONE ? null : "mcpauth.autofix." + name;
  }
}
