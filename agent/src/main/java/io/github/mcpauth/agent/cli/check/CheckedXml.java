package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.Checked;
import io.github.mcpauth.agent.check.walk.Step;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.util.ArrayList;
import java.util.List;

/** Writes checks as JUnit's XML: a suite for each server, a case for each step and each finding. */
final class CheckedXml {

  static String of(List<Checked> all, boolean warnings) {
    JUnitXml xml = new JUnitXml();
    for (Checked checked : all) {
      List<JUnitXml.Case> cases = new ArrayList<>();
      for (Step step : checked.walked().steps()) {
        boolean fails = step.mark() == Step.Mark.BAD;
        cases.add(
            new JUnitXml.Case(
                step.stage(), fails ? step.text() : null, "", fails ? "" : step.text()));
      }
      for (LoggedFinding finding : checked.findings()) {
        cases.add(JUnitXml.Case.of(finding, Checked.isFailure(finding, warnings)));
      }
      xml.suite(checked.walked().target().shown(), cases);
    }
    return xml.document();
  }

  private CheckedXml() {}
}
