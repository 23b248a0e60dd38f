package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.engine.Listener;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the diagnosis tells of findings and fixes; a rule that fails, fails the test. */
final class Told implements Listener {

  final List<FixReport> reports = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void repeated(Finding finding, long count) {}

  @Override
  public void linked(Finding finding, String cause, long causedBy) {}

  @Override
  public void called(Call call, String serverUrl, int others) {}

  @Override
  public void moved(StateChange change) {}

  @Override
  public void fixed(FixReport report) {
    reports.add(report);
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    throw new IllegalStateException(rule, error);
  }
}
