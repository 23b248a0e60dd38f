package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the funnel.
 *
 * @param stage what was tried
 * @param text what came of it, without secrets; a peer may have had a hand in it
 * @param rules that found something there
 */
public record Step(Mark mark, String stage, String text, List<String> rules) {

  /** What came of it, at a glance. */
  public enum Mark {
    GOOD("✔"),
    /** Something to know, which stops nobody. */
    NOTE("!"),
    BAD("✘"),
    /** Not tried, or not there, and that is in order. */
    NONE("-");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  public Step {
    rules = List.copyOf(rules);
  }

  static Step good(String stage, String text) {
    return new Step(Mark.GOOD, stage, text, List.of());
  }

  static Step note(String stage, String text) {
    return new Step(Mark.NOTE, stage, text, List.of());
  }

  static Step bad(String stage, String text) {
    return new Step(Mark.BAD, stage, text, List.of());
  }

  static Step none(String stage, String text) {
    return new Step(Mark.NONE, stage, text, List.of());
  }

  /** The same step with other words. */
  Step saying(String other) {
    return new Step(mark, stage, other, rules);
  }

  /** The same step, and what a rule found there. */
  Step with(Finding finding) {
    if (finding.severity() == Severity.NOTE || rules.contains(finding.rule())) {
      return this;
    }
    List<String> all = new ArrayList<>(rules);
    all.add(finding.rule());
    boolean bad = finding.severity() == Severity.ERROR || mark == Mark.BAD;
    return new Step(bad ? Mark.BAD : Mark.NOTE, stage, text, all);
  }
}
