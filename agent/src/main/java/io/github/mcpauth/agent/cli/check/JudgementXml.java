package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.ServerVerdict;
import io.github.mcpauth.agent.recording.ServerVerdict.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a judgement as JUnit's XML: a suite for each server, in which one case is that it is
 * connected, and each finding is a case of its own.
 */
public final class JudgementXml {

  /** One document. */
  public static String of(Judgement judgement) {
    JUnitXml xml = new JUnitXml();
    for (ServerVerdict verdict : judgement.verdicts()) {
      List<JUnitXml.Case> cases = new ArrayList<>();
      boolean lost = verdict.standing() == Standing.NOT_CONNECTED;
      String why = verdict.server().state() + ": " + verdict.why();
      cases.add(new JUnitXml.Case("connected", lost ? why : null, "", ""));
      cases.addAll(findings(verdict.findings(), judgement));
      xml.suite(verdict.server().url(), cases);
    }
    if (!judgement.others().isEmpty()) {
      xml.suite("no server", findings(judgement.others(), judgement));
    }
    return xml.document();
  }

  private static List<JUnitXml.Case> findings(List<LoggedFinding> findings, Judgement judgement) {
    return findings.stream()
        .map(each -> JUnitXml.Case.of(each, judgement.isFailure(each)))
        .toList();
  }

  private JudgementXml() {}
}
