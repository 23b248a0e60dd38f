package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.recorder.QueueEntry.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the host's threads leave what happened, in order. Never blocks: what is too much, by count
 * or by bytes, is dropped and counted. FindingBuilder and the like have room of their own.
 */
final class RecorderQueue {

  private static final int MOST_BULK = 8192;
  private static final int MOST_PRIORITY = 1024;
  private static final long MOST_BYTES = 32L << 20;

  // While things happen the worker looks by itself, so that the host need not wake it each time: a
  // wake-up costs the host's thread some microseconds.
  private static final long LOOKS_EVERY_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LOOKS_FOR_NANOS = Duration.ofMillis(200).toNanos();

  private final ConcurrentLinkedQueue<QueueEntry> notes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread asleep;
  private volatile @Nullable Thread waiting;
  private long lastNoteNanos = System.nanoTime();
  private final AtomicInteger bulk = new AtomicInteger();
  private final AtomicInteger priority = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Map<Kind, AtomicLong> dropped = new EnumMap<>(Kind.class);
  private volatile boolean used;

  RecorderQueue() {
    for (Kind kind : Kind.values()) {
      dropped.put(kind, new AtomicLong());
    }
  }

  /** Leaves a note; false where it was dropped. */
  boolean offer(QueueEntry note) {
    boolean isBulk = isBulk(note.kind());
    AtomicInteger count = isBulk ? bulk : priority;
    int most = isBulk ? MOST_BULK : MOST_PRIORITY;
    boolean tooMany = count.incrementAndGet() > most;
    boolean tooLarge = bytes.addAndGet(note.size()) > MOST_BYTES && isBulk;
    if (tooMany || tooLarge) {
      count.decrementAndGet();
      bytes.addAndGet(-note.size());
      AtomicLong drops = dropped.get(note.kind());
      if (drops != null) {
        drops.incrementAndGet();
      }
      return false;
    }
    if (!used && note.kind() != Kind.AGENT) {
      used = true;
    }
    notes.add(note);
    Thread worker = asleep;
    if (worker != null) {
      asleep = null;
      LockSupport.unpark(worker);
    }
    return true;
  }

  /** Whether there ever was anything that opens the log. */
  boolean wasUsed() {
    return used;
  }

  /** Has {@link #poll} return at once. */
  void wake() {
    offer(new QueueEntry.Wake());
    Thread worker = waiting;
    if (worker != null) {
      LockSupport.unpark(worker);
    }
  }

  /** The next note, or null when none came in time. */
  @Nullable QueueEntry poll(Duration wait) throws InterruptedException {
    QueueEntry note = notes.poll();
    long deadline = System.nanoTime() + wait.toNanos();
    while (note == null && System.nanoTime() - deadline < 0) {
      rest(deadline - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      note = notes.poll();
    }
    if (note == null) {
      return null;
    }
    lastNoteNanos = System.nanoTime();
    (isBulk(note.kind()) ? bulk : priority).decrementAndGet();
    bytes.addAndGet(-note.size());
    return note;
  }

  /** Waits a little while things happen, else until something does. */
  private void rest(long mostNanos) {
    waiting = Thread.currentThread();
    if (System.nanoTime() - lastNoteNanos < LOOKS_FOR_NANOS) {
      LockSupport.parkNanos(this, Math.min(mostNanos, LOOKS_EVERY_NANOS));
    } else {
      asleep = Thread.currentThread();
      if (notes.isEmpty()) {
        LockSupport.parkNanos(this, mostNanos);
      }
      asleep = null;
    }
    waiting = null;
  }

  /** What was dropped since the last call, by kind; empty where nothing was. */
  Map<String, Long> drops() {
    Map<String, Long> drops = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      AtomicLong count = dropped.get(kind);
      long lost = count == null ? 0 : count.getAndSet(0);
      if (lost > 0) {
        drops.put(kind.name().toLowerCase(Locale.ROOT), lost);
      }
    }
    return drops;
  }

  private static boolean isBulk(Kind kind) {
    return kind == Kind.EXCHANGE
        || kind == Kind.LEARN
        || kind == Kind.MESSAGE
        || kind == Kind.STREAM;
  }
}
