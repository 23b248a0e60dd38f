package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.engine.Relief;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** More streams than these are not read on, the eldest first. */
  private static final int MOST_STREAMS = 128;

  private enum Phase {
    SENT,
    ANSWERED,
    COMPLETED,
    FAILED,
    STREAMED,
    /** Nobody is to hear what came of it, or comes of it. */
    LOST,
    /** The same, and it is over. */
    LOST_AT_LAST
  }

  /** Something that happened, and is to be told of in its turn. */
  private static final class Observation {
    final Phase phase;
    final Exchange exchange;

    /** Of an event stream; null in other phases. */
    final EventStream.@Nullable Part part;

    /** What of the bytes that are held is its. */
    final long size;

    volatile boolean isRead;

    /** In the lock of {@link #turn}. */
    boolean isTold;

    Observation(Phase phase, Exchange exchange, EventStream.@Nullable Part part, long size) {
      this.phase = phase;
      this.exchange = exchange;
      this.part = part;
      this.size = size;
    }
  }

  private final Diagnosis diagnosis;
  private final Relief relief;
  private final Recorder recorder;
  private final Guard guard;
  private final HeldBytes held;
  private final ConcurrentLinkedQueue<Observation> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object turn = new Object();
  private final Deque<EventStream> streams = new ArrayDeque<>();
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

  /** An event stream begins, which is to be read. */
  EventStream opened() {
    EventStream stream = new EventStream();
    synchronized (streams) {
      streams.add(stream);
      if (streams.size() > MOST_STREAMS) {
        streams.remove().close();
      }
    }
    return stream;
  }

  /** It has ended. */
  void closed(EventStream stream) {
    synchronized (streams) {
      streams.remove(stream);
    }
  }

  /** A part of an event stream went by. */
  void streamed(Exchange exchange, EventStream.Part part) {
    observe(Phase.STREAMED, exchange, part);
  }

  /** Whether more wait than those who come by keep up with. */
  boolean areMany() {
    return count.get() > MOST / 2;
  }

  /** Tells of what still waits; never throws. */
  public void catchUp() {
    while (!waiting.isEmpty()) {
      readAhead();
      synchronized (turn) {
        tellWhatIsRead(null);
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
      observe(phase, exchange, null);
    } else {
      boolean over = phase == Phase.COMPLETED || phase == Phase.FAILED;
      tellNow(new Observation(over ? Phase.LOST_AT_LAST : Phase.LOST, exchange, null, 0));
      if (over) {
        recorder.unwatched();
      }
    }
  }

  private void observe(Phase phase, Exchange exchange, EventStream.@Nullable Part part) {
    Runnable come = attendant;
    boolean mayWait = come != null && (phase == Phase.STREAMED || mayWait(exchange));
    long size = mayWait ? exchange.bytes() + (part == null ? 0 : part.length()) : 0;
    if (come == null || !mayWait || !held.fits(size)) {
      tellNow(new Observation(phase, exchange, part, 0));
      return;
    }
    held.take(size);
    waiting.add(new Observation(phase, exchange, part, size));
    int many = count.incrementAndGet();
    if (many > MOST) {
      catchUp();
    } else if (many % MANY == 0) {
      come.run();
    }
  }

  /** Tells of it, after all that waits. */
  private void tellNow(Observation own) {
    waiting.add(own);
    count.incrementAndGet();
    boolean told = false;
    while (!told) {
      readAhead();
      synchronized (turn) {
        told = own.isTold || tellWhatIsRead(own);
      }
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

  /**
   * Has the bodies read of what waits. Nobody waits for that but who does it: the lock of the turn
   * is every call's, and a body may be long.
   */
  private void readAhead() {
    for (Observation next : waiting) {
      if (!next.isRead) {
        try {
          read(next);
        } catch (Throwable e) {
          guard.failed("observe", e);
        } finally {
          next.isRead = true;
        }
      }
    }
  }

  private void read(Observation next) {
    if (next.part != null) {
      next.part.read();
    } else if (next.phase != Phase.LOST && next.phase != Phase.LOST_AT_LAST) {
      diagnosis.readAhead(next.exchange);
    }
  }

  /**
   * Tells of what waits, in order, up to what is not read; in the lock of the turn.
   *
   * @param own the one that this thread waits for, and hears the faults of; or null
   * @return whether it is told of
   */
  private boolean tellWhatIsRead(@Nullable Observation own) {
    Observation next = waiting.peek();
    while (next != null && next.isRead) {
      waiting.remove();
      count.decrementAndGet();
      held.give(next.size);
      next.isTold = true;
      if (next == own) {
        tell(next);
        return true;
      }
      try {
        tell(next);
      } catch (Throwable e) {
        guard.failed("observe", e);
      }
      next = waiting.peek();
    }
    return false;
  }

  private void tell(Observation next) {
    Exchange exchange = next.exchange;
    switch (next.phase) {
      case SENT -> diagnosis.sent(exchange);
      case ANSWERED -> diagnosis.answered(exchange);
      case COMPLETED -> diagnosis.completed(exchange);
      case FAILED -> diagnosis.failed(exchange);
      case STREAMED -> {
        if (next.part != null) {
          diagnosis.streamed(exchange, next.part);
        }
      }
      case LOST -> relief.lost(exchange, false);
      case LOST_AT_LAST -> relief.lost(exchange, true);
    }
  }
}
