package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.exchange.Observation.Phase;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.engine.Relief;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the rules what happens, in order: at once where a decision may depend on it, and of an MCP
 * exchange that goes well, on which none does, when the recorder's worker comes by. The host's
 * thread then leaves a note and goes on.
 */
public final class Observations {

  /** With so many that wait, who comes by is asked to come at once. */
  private static final int MANY = 64;

  /** More than these wait for nobody: the host's thread that brings the next one tells of them. */
  private static final int MOST = 2048;

  /** Bytes: what is read before it is told of, but for the last of it. */
  private static final long AT_ONCE = 256 * 1024;

  /** Bytes of memory that parts of event streams take which are not told of, at most. */
  private static final long MOST_STREAMED =
      Math.min(4L << 20, Runtime.getRuntime().maxMemory() / 64);

  private final Diagnosis diagnosis;
  private final Relief relief;
  private final Recorder recorder;
  private final Guard guard;
  private final HeldBytes held;
  private final ConcurrentLinkedQueue<Observation> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object turn = new Object();
  private final HeldBytes streamed = new HeldBytes(MOST_STREAMED);
  private final AtomicReference<@Nullable Observation> longOne = new AtomicReference<>();
  private final ReadStreams streams = new ReadStreams();
  private final FirstEvents firstEvents = new FirstEvents();
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
  EventStream opened(Exchange exchange) {
    EventStream stream = streams.begin(exchange);
    ReadStreams.Reading eldest = streams.oneTooMany();
    if (eldest != null) {
      lose(eldest.exchange(), eldest.stream());
    }
    return stream;
  }

  /** The first events of streams, which are not told of in their turn. */
  FirstEvents firstEvents() {
    return firstEvents;
  }

  /** It has ended. */
  void closed(EventStream stream) {
    streams.end(stream);
  }

  /**
   * Bytes of an event stream went by. Where they come faster than they can be told of, the rules
   * hear no more of it: the host would have to wait for them, and they take memory.
   */
  void streamed(Exchange exchange, EventStream stream, byte[] bytes) {
    if (!stream.isOpen()) {
      return;
    }
    EventStream.Part part = stream.next(bytes);
    Runnable come = attendant;
    if (come == null) {
      tellNow(new Observation(Phase.STREAMED, exchange, part, 0));
    } else if (count.get() < MOST && streamed.fits(part.weight())) {
      streamed.take(part.weight());
      leave(new Observation(Phase.STREAMED, exchange, part, part.weight()), come);
    } else {
      lose(exchange, stream);
    }
  }

  /** The rules hear no more of an event stream. */
  void lose(Exchange exchange, EventStream stream) {
    if (stream.close()) {
      recorder.unwatched();
      waiting.add(new Observation(Phase.LOST, exchange, null, 0));
      count.incrementAndGet();
    }
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
      tell(phase, exchange);
    } else {
      boolean over = phase == Phase.COMPLETED || phase == Phase.FAILED;
      tellNow(new Observation(over ? Phase.LOST_AT_LAST : Phase.LOST, exchange, null, 0));
      if (over) {
        recorder.unwatched();
      }
    }
  }

  private void tell(Phase phase, Exchange exchange) {
    Runnable come = attendant;
    long size = exchange.bytes();
    if (come == null || !mayWait(exchange) || !held.fits(size)) {
      tellNow(new Observation(phase, exchange, null, 0));
      return;
    }
    held.take(size);
    Observation own = new Observation(phase, exchange, null, size);
    // One that takes long may wait: with more, somebody who must tell now would wait for them all.
    if (diagnosis.isLong(exchange) && !longOne.compareAndSet(null, own)) {
      own.read(diagnosis, guard);
    }
    leave(own, come);
    if (count.get() > MOST) {
      catchUp();
    }
  }

  /** Leaves it for who comes by. */
  private void leave(Observation own, Runnable come) {
    waiting.add(own);
    if (count.incrementAndGet() % MANY == 0 || own.size > AT_ONCE) {
      come.run();
    }
  }

  /** Tells of it, after all that waits. Nobody else waits until it is read. */
  private void tellNow(Observation own) {
    own.read(diagnosis, guard);
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
   * Has the bodies read of what waits, or of the first of it. Nobody waits for that but who does
   * it: the lock of the turn is every call's, and a body may be long.
   */
  private void readAhead() {
    long read = 0;
    for (Observation next : waiting) {
      if (read > AT_ONCE) {
        return;
      }
      next.read(diagnosis, guard);
      read += next.size;
    }
  }

  /**
   * Tells of what waits, in order, up to what is not read, or up to {@code own}, which this thread
   * waits for and hears the faults of; in the lock of the turn. Returns whether that is told of.
   */
  private boolean tellWhatIsRead(@Nullable Observation own) {
    Observation next = waiting.peek();
    while (next != null && next.isRead()) {
      waiting.remove();
      count.decrementAndGet();
      forget(next);
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

  private void forget(Observation told) {
    if (told.part != null) {
      streamed.give(told.size);
    } else {
      held.give(told.size);
      longOne.compareAndSet(told, null);
    }
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
