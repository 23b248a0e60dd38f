package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.Observations;
import java.util.concurrent.locks.LockSupport;

/**
 * The rules' clock: has them hear five times a second of what happened and that time passed. A
 * thread of its own, so that a log that hangs does not stop the time.
 */
public final class RulesClock implements Runnable {

  private static final long TICK_NANOS = 200_000_000L;

  private final Observations observations;
  private volatile boolean stopped;

  private RulesClock(Observations observations) {
    this.observations = observations;
  }

  /** Starts it. */
  public static RulesClock start(Observations observations) {
    RulesClock clock = new RulesClock(observations);
    AgentThread.of(clock, "mcpauth-clock").start();
    observations.attended();
    return clock;
  }

  /** The thread's own; not to be called. */
  @Override
  public void run() {
    while (!stopped) {
      LockSupport.parkNanos(this, TICK_NANOS);
      Thread.interrupted(); // Meant for somebody else.
      try {
        observations.tick();
      } catch (Throwable e) {
        // The rules report what fails in them; the next tick is another try.
      }
    }
  }

  /** No tick begins from now on. */
  public void stop() {
    stopped = true;
  }
}
