package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together, on the recorder's thread, what decides, and what the first line tells. */
@FunctionalInterface
public interface RecorderSetup {

  /** Returns null where nothing is to be recorded; never throws. */
  @Nullable Session prepare(RecorderThread recorder);

  /**
   * What the recorder works with.
   *
   * @param started the fields of {@code agent.started}, raw
   */
  record Session(Settings settings, Map<Field, ? extends Object> started) {}
}
