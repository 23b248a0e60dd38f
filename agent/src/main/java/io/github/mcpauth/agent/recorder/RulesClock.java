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
    Thread thread = AgentThread.of(clock, "mcpauth-clock");
    thread.start();
    observations.attendedBy(new Waking(thread));
    return clock;
  }

  /** No lambda: it is run on the host's threads. */
  private record Waking(Thread thread) implements Runnable {
    @Override
    public void run() {
      LockSupport.unpark(thread);
    }
  }

  /** The thread's own; not to be called. */
  @Override
  public void run() {
    long due = System.nanoTime() + TICK_NANOS;
    while (!stopped) {
      LockSupport.parkNanos(this, due - System.nanoTime());
      Thread.interrupted(); // Meant for somebody else.
      try {
        observations.catchUp();
        if (System.nanoTime() - due >= 0) {
          due = System.nanoTime() + TICK_NANOS;
          observations.tick();
          other.run();
        }
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
