package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.Relief;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the rules what happens, in order: at once where a decision may depend on it, and of an MCP
 * exchange that goes well, on which none does, when the recorder's worker comes by. The host's
 * thread then leaves a note and goes on.
 */
public final class Observations {

  /** With so many that wait, who comes by regularly is asked to come at once. */
  private static final int MANY = 64;

  /** More than these wait for nobody: the host's thread that brings the next one tells of them. */
  private static final int MOST = 2048;

  private enum Phase {
    SENT,
    ANSWERED,
    COMPLETED,
    FAILED,
    STREAMED
  }

  private static final byte[] NOTHING = {};

  /**
   * @param bytes of an event stream
   * @param size of all of it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Observation(Phase phase, Exchange exchange, byte[] bytes, long size) {}

  private final Diagnosis diagnosis;
  private final Relief relief;
  private final Recorder recorder;
  private final Guard guard;
  private final HeldBytes held;
  private final ConcurrentLinkedQueue<Observation> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object turn = new Object();
  private volatile @Nullable Runnable attendant;

  /**
   * @param recorder learns an exchange's secrets before the rules can quote it
   * @param guard hears of what the rules throw where no host's thread is there to hear of it
   * @param held what may not be more because of what waits here
   */
  public Observations(Diagnosis diagnosis, Recorder recorder, Guard guard, HeldBytes held) {
    this.diagnosis = diagnosis;
    this.relief = diagnosis.relief();
    this.recorder = recorder;
    this.guard = guard;
    this.held = held;
  }

  /**
   * Somebody comes by regularly from now on, to {@link #catchUp}.
   *
   * @param come has them come at once; returns before they do
   */
  public void attendedBy(Runnable come) {
    attendant = come;
  }

  void sent(Exchange exchange) {
    observe(Phase.SENT, exchange);
  }

  void answered(Exchange exchange) {
    observe(Phase.ANSWERED, exchange);
  }

  void completed(Exchange exchange) {
    observe(Phase.COMPLETED, exchange);
  }

  void failed(Exchange exchange) {
    observe(Phase.FAILED, exchange);
  }

  /** Bytes of an event stream went by. */
  void streamed(Exchange exchange, byte[] bytes) {
    observe(Phase.STREAMED, exchange, bytes);
  }

  /** Whether more wait than those who come by keep up with. */
  boolean areMany() {
    return count.get() > MOST / 2;
  }

  /** Tells of what still waits; never throws. */
  public void catchUp() {
    if (!waiting.isEmpty()) {
      synchronized (turn) {
        tellWaiting();
      }
    }
  }

  /** Time passed: see {@link Diagnosis#tick}. */
  public void tick() {
    catchUp();
    diagnosis.tick();
  }

  /** The process ends: whatever waits is told, and decided with what is known. */
  public void close() {
    catchUp();
    diagnosis.close();
  }

  private void observe(Phase phase, Exchange exchange) {
    if (recorder.learn(exchange)) {
      observe(phase, exchange, NOTHING);
    } else {
      boolean over = phase == Phase.COMPLETED || phase == Phase.FAILED;
      synchronized (turn) {
        tellWaiting();
        relief.lost(exchange, over);
      }
      if (over) {
        recorder.unwatched();
      }
    }
  }

  private void observe(Phase phase, Exchange exchange, byte[] bytes) {
    Runnable come = attendant;
    boolean mayWait = come != null && (phase == Phase.STREAMED || mayWait(exchange));
    long size = mayWait ? exchange.bytes() + bytes.length : 0;
    if (come != null && mayWait && held.fits(size)) {
      held.take(size);
      waiting.add(new Observation(phase, exchange, bytes, size));
      int many = count.incrementAndGet();
      if (many > MOST) {
        catchUp();
      } else if (many % MANY == 0) {
        come.run();
      }
      return;
    }
    synchronized (turn) {
      tellWaiting();
      tell(phase, exchange, bytes);
    }
  }

  /**
   * Whether nothing depends on hearing of it now. What is recognised next may depend on a refusal,
   * on a redirect and on each leg of OAuth, and what fixes decide on everything.
   */
  private boolean mayWait(Exchange exchange) {
    return exchange.role() == Role.MCP
        && exchange.followUp() == null
        && exchange.failure() == null
        && exchange.status() < 300
        && !diagnosis.repairs();
  }

  private void tellWaiting() {
    for (Observation next = waiting.poll(); next != null; next = waiting.poll()) {
      count.decrementAndGet();
      held.give(next.size());
      try {
        tell(next.phase(), next.exchange(), next.bytes());
      } catch (Throwable e) {
        guard.failed("observe", e);
      }
    }
  }

  private void tell(Phase phase, Exchange exchange, byte[] bytes) {
    switch (phase) {
      case SENT -> diagnosis.sent(exchange);
      case ANSWERED -> diagnosis.answered(exchange);
      case COMPLETED -> diagnosis.completed(exchange);
      case FAILED -> diagnosis.failed(exchange);
      case STREAMED -> diagnosis.streamed(exchange, bytes);
    }
  }
}
