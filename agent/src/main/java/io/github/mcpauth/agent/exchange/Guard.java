package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.log.Field;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Switches a hook off for good once our own code in it has failed too often, so that a bug of ours
 * costs the host at most a few swallowed exceptions.
 */
public final class Guard {

  private static final int TOLERATED = 5;

  private final String hook;
  private final Recorder recorder;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param hook its name in the log, e.g. {@code "java.net.http"}
   */
  public Guard(String hook, Recorder recorder) {
    this.hook = hook;
    this.recorder = recorder;
  }

  /** Whether the hook may do its work. */
  public boolean open() {
    return failures.get() < TOLERATED;
  }

  /** Takes a step of ours; never throws. */
  void run(String where, Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      failed(where, e);
    }
  }

  /** Our code threw; never rethrows. {@code where} names the step, e.g. {@code "decide"}. */
  public void failed(String where, Throwable error) {
    try {
      int count = failures.incrementAndGet();
      if (count <= TOLERATED) {
        Map<Field, Object> fields =
            Map.of(
                Field.HOOK_NAME,
                hook,
                Field.HOOK_STEP,
                where,
                Field.ERROR_TYPE,
                error.getClass().getName(),
                Field.ERROR_MESSAGE,
                String.valueOf(error.getMessage()),
                Field.HOOK_SWITCHED_OFF,
                count == TOLERATED);
        if (count == TOLERATED) {
          recorder.switchedOff(fields);
        } else {
          recorder.failed(fields);
        }
      }
    } catch (Throwable ignored) {
      // Reporting a failure must not become one: the host's call goes on.
    }
  }
}
