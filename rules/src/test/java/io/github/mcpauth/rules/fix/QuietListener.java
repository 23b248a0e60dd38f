package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.diagnosis.Finding;
import io.github.mcpauth.rules.diagnosis.Listener;
import io.github.mcpauth.rules.journey.StateChange;

/** Does not listen to what tests of fixes are not about. */
abstract class QuietListener implements Listener {

  @Override
  public void repeated(Finding finding, long count) {}

  @Override
  public void linked(Finding finding, String cause, long causedBy) {}

  @Override
  public void moved(StateChange change) {}
}
