package io.github.mcpauth.rules.finding;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that others know of a rule: the source of its log fields, property and page, of when it is
 * asked, and of how its findings stand to those of other rules.
 *
 * @param name kebab-case, never reused; class, page and corpus section are named the same
 * @param title without values, at most 90 characters
 * @param spec the clause it rests on
 * @param fixSafety {@code NONE} where there is no fix of the same name
 * @param phases those in which it is asked
 * @param traits what sets it apart from most rules
 * @param causes names of the rules whose open findings about a server explain its own
 */
public record RuleInfo(
    String name,
    String title,
    Severity severity,
    Actor actor,
    String spec,
    FixSafety fixSafety,
    Set<Phase> phases,
    Set<Trait> traits,
    Set<String> causes) {

  /** What the property of a fix begins with; the rule's name follows. */
  public static final String FIX_PREFIX = "mcpauth.autofix.";

  public RuleInfo {
    phases = Set.copyOf(phases);
    traits = Set.copyOf(traits);
    causes = Set.copyOf(causes);
  }

  /** A rule that is not asked in any phase yet, and stands alone. */
  public RuleInfo(
      String name, String title, Severity severity, Actor actor, String spec, FixSafety fixSafety) {
    this(name, title, severity, actor, spec, fixSafety, Set.of(), Set.of(), Set.of());
  }

  /** The same rule, asked in these phases. */
  public RuleInfo asked(Phase... in) {
    return new RuleInfo(name, title, severity, actor, spec, fixSafety, Set.of(in), traits, causes);
  }

  /** The same rule with these traits. */
  public RuleInfo with(Trait... of) {
    return new RuleInfo(name, title, severity, actor, spec, fixSafety, phases, Set.of(of), causes);
  }

  /** The same rule, whose findings follow from those of the rules named. */
  public RuleInfo followsFrom(String... rules) {
    return new RuleInfo(
        name, title, severity, actor, spec, fixSafety, phases, traits, Set.of(rules));
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether an open finding of that rule explains one of this rule. */
  public boolean isExplainedBy(String rule) {
    return causes.contains(rule) || (is(Trait.FOLLOWS_FROM_ANY) && !rule.equals(name));
  }

  /** The property that enables the fix, or null where there is none. */
  public @Nullable String fixProperty() {
    return fixSafety == FixSafety.NONE ? null : FIX_PREFIX + name;
  }
}
