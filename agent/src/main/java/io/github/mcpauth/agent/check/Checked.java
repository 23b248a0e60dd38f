package io.github.mcpauth.agent.check;

import io.github.mcpauth.agent.check.walk.Standing;
import io.github.mcpauth.agent.check.walk.Walked;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.util.List;

/**
 * A server that was checked.
 *
 * @param findings as the log of the check has them
 */
public record Checked(Walked walked, List<LoggedFinding> findings) {

  public Checked {
    findings = List.copyOf(findings);
  }

  public boolean isUnreachable() {
    return walked.standing() == Standing.UNREACHABLE;
  }

  /**
   * Whether something is wrong.
   *
   * @param warnings whether a warning is
   */
  public boolean fails(boolean warnings) {
    boolean usable =
        walked.standing() == Standing.CONNECTED || walked.standing() == Standing.WANTS_LOGIN;
    return !usable
        || walked.hasBadStep()
        || findings.stream().anyMatch(each -> isFailure(each, warnings));
  }

  /** Whether a finding is a failure. */
  public static boolean isFailure(LoggedFinding finding, boolean warnings) {
    return finding.severity().equals("error") || (warnings && finding.severity().equals("warning"));
  }

  /** How it stands and who must act, in a few words. */
  public String verdict() {
    for (LoggedFinding finding : findings) {
      if (finding.severity().equals("error")) {
        return standing() + "; " + FindingBlock.actor(finding.actor()) + " must act";
      }
    }
    return standing();
  }

  private String standing() {
    boolean wrong =
        walked.hasBadStep() || findings.stream().anyMatch(each -> !each.severity().equals("note"));
    return switch (walked.standing()) {
      case CONNECTED -> wrong ? "works, with findings" : "works";
      case WANTS_LOGIN ->
          wrong ? "wants a login that a strict client cannot begin" : walked.standing().words();
      default -> walked.standing().words();
    };
  }
}
