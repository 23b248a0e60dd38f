package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.ServerVerdict;
import io.github.mcpauth.agent.recording.ServerVerdict.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of looking at a recording.
 *
 * @param verdicts one for each server of each run
 * @param others findings about no known server
 * @param warningsFail whether a warning is a failure
 */
public record Judgement(
    List<ServerVerdict> verdicts, List<LoggedFinding> others, boolean warningsFail) {

  public Judgement {
    verdicts = List.copyOf(verdicts);
    others = List.copyOf(others);
  }

  /** What is in a recording. */
  public static Judgement of(Recording recording, boolean warningsFail) {
    List<LoggedFinding> others = new ArrayList<>();
    recording.runs().forEach(run -> others.addAll(run.findingsOfNoServer()));
    return new Judgement(ServerVerdict.of(recording), others, warningsFail);
  }

  boolean isFailure(LoggedFinding finding) {
    return finding.severity().equals("error")
        || (warningsFail && finding.severity().equals("warning"));
  }

  /** A server that cannot be used is a failure, whether or not a rule knows why. */
  boolean isFailure(ServerVerdict verdict) {
    return verdict.standing() == Standing.NOT_CONNECTED
        || verdict.findings().stream().anyMatch(this::isFailure);
  }

  boolean isClean() {
    return verdicts.stream().noneMatch(this::isFailure)
        && others.stream().noneMatch(this::isFailure);
  }

  /** All findings, those about no server last. */
  List<LoggedFinding> findings() {
    List<LoggedFinding> findings = new ArrayList<>();
    verdicts.forEach(verdict -> findings.addAll(verdict.findings()));
    findings.addAll(others);
    return findings;
  }

  /** {@code "2 errors, 1 warning, 0 notes in 3 servers"}. */
  String summary() {
    return count("error")
        + ", "
        + count("warning")
        + ", "
        + count("note")
        + " in "
        + verdicts.size()
        + (verdicts.size() == 1 ? " server" : " servers");
  }

  private String count(String severity) {
    long count = findings().stream().filter(each -> each.severity().equals(severity)).count();
    return count + " " + severity + (count == 1 ? "" : "s");
  }
}
