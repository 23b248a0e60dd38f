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
  private final Runnable other;
  private volatile boolean stopped;

  private RulesClock(Observations observations, Runnable other) {
    this.observations = observations;
    this.other = other;
  }

  /**
   * Starts it.
   *
   * @param other what else is to be done as often
   */
  public static RulesClock start(Observations observations, Runnable other) {
    RulesClock clock = new RulesClock(observations, other);
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
        other.run();
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
