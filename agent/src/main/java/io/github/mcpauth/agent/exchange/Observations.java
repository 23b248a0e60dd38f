package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the rules what happens, in order: at once where a decision may depend on it, and of an MCP
 * exchange that goes well, on which none does, when the recorder's worker comes by. The host's
 * thread then leaves a note and goes on.
 */
public final class Observations {

  /** More than this wait for nobody: the host's thread that brings the next one tells of them. */
  private static final int MOST_WAITING = 64;

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
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Observation(Phase phase, Exchange exchange, byte[] bytes) {}

  private final Diagnosis diagnosis;
  private final Recorder recorder;
  private final Guard guard;
  private final ConcurrentLinkedQueue<Observation> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object turn = new Object();
  private volatile boolean attended;

  /**
   * @param recorder learns an exchange's secrets before the rules can quote it
   * @param guard hears of what the rules throw where no host's thread is there to hear of it
   */
  public Observations(Diagnosis diagnosis, Recorder recorder, Guard guard) {
    this.diagnosis = diagnosis;
    this.recorder = recorder;
    this.guard = guard;
  }

  /** Somebody comes by regularly from now on, to {@link #catchUp}. */
  public void attended() {
    attended = true;
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
    recorder.learn(exchange);
    observe(phase, exchange, NOTHING);
  }

  private void observe(Phase phase, Exchange exchange, byte[] bytes) {
    if (attended && (phase == Phase.STREAMED || mayWait(exchange))) {
      waiting.add(new Observation(phase, exchange, bytes));
      if (count.incrementAndGet() > MOST_WAITING) {
        catchUp();
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
