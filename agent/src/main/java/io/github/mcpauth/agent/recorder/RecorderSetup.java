package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.Observations;
import io.github.mcpauth.agent.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together, on the worker, what decides, and what is to be known before the first line. */
@FunctionalInterface
public interface RecorderSetup {

  /** Returns null where nothing is to be recorded; never throws. */
  @Nullable Session prepare(RecorderThread recording);

  /**
   * What the worker works with.
   *
   * @param started the fields of {@code agent.started}, raw
   * @param observations told about twice a second that time passed
   */
  record Session(
      Settings settings, Map<String, ? extends Object> started, Observations observations) {}
}
