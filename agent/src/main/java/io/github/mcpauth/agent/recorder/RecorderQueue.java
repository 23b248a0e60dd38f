package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.HeldBytes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the host's threads leave what happened, in order. Never blocks: what is too much, by count
 * or by bytes, is dropped and counted; each {@link Lane} has room of its own.
 */
final class RecorderQueue {

  private static final int MOST_BULK = 8192;
  private static final int MOST_PRIORITY = 1024;

  // While things happen the recorder looks by itself, so that the host need not wake it each time:
  // a wake-up costs the host's thread some microseconds.
  private static final long LOOKS_EVERY_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LOOKS_FOR_NANOS = Duration.ofMillis(200).toNanos();

  private final ConcurrentLinkedQueue<QueueEntry> entries = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread asleep;
  private volatile @Nullable Thread waiting;
  private long lastEntryNanos = System.nanoTime();
  private final AtomicInteger bulk = new AtomicInteger();
  private final AtomicInteger priority = new AtomicInteger();
  private final HeldBytes bytes = new HeldBytes();
  private final AtomicLongArray dropped = new AtomicLongArray(Loss.values().length);
  private volatile boolean awaited;
  private volatile boolean closed;

  /** Leaves an entry; false where it was dropped. */
  boolean offer(QueueEntry entry) {
    boolean isBulk = entry.lane() == Lane.BULK;
    AtomicInteger count = isBulk ? bulk : priority;
    int most = isBulk ? MOST_BULK : MOST_PRIORITY;
    boolean tooMany = count.incrementAndGet() > most;
    long size = entry.size();
    boolean fits = size == 0 || (isBulk ? bytes.fits(size) : bytes.fitsAtNeed(size));
    if (tooMany || !fits || closed && isBulk) {
      count.decrementAndGet();
      drop(entry);
      return false;
    }
    bytes.take(size);
    if (!awaited && entry.isAwaited()) {
      awaited = true;
    }
    entries.add(entry);
    Thread worker = asleep;
    if (worker != null) {
      asleep = null;
      LockSupport.unpark(worker);
    }
    return true;
  }

  /** Counts an entry as lost. */
  void drop(QueueEntry entry) {
    Loss loss = entry.loss();
    if (loss != null) {
      lost(loss);
    }
  }

  /** Counts something as lost that never was an entry. */
  void lost(Loss loss) {
    dropped.incrementAndGet(loss.ordinal());
  }

  /** Whether there is more than a burst in it: it is filled faster than it is emptied. */
  boolean isCrowded() {
    return bulk.get() > MOST_BULK / 2;
  }

  /** Whether there is room for more of what there is much of. */
  boolean hasRoom() {
    return bulk.get() < MOST_BULK && bytes.fits(1);
  }

  /** Whether nothing of what there is much of waits in it. */
  boolean isEmpty() {
    return bulk.get() == 0;
  }

  /** Whether there ever was anything for which the end of the process waits. */
  boolean isAwaited() {
    return awaited;
  }

  /** Takes no more bulk, and has {@link #poll} return at once. */
  void close() {
    closed = true;
    offer(new QueueEntry.Wake());
    Thread worker = waiting;
    if (worker != null) {
      LockSupport.unpark(worker);
    }
  }

  /**
   * The next entry, or null when none came in time. An interrupt means nothing: it is meant for the
   * host's threads, in whose group this one may be.
   */
  @Nullable QueueEntry poll(Duration wait) {
    QueueEntry entry = entries.poll();
    long deadline = System.nanoTime() + wait.toNanos();
    while (entry == null && System.nanoTime() - deadline < 0) {
      rest(deadline - System.nanoTime());
      Thread.interrupted();
      entry = entries.poll();
    }
    if (entry == null) {
      return null;
    }
    lastEntryNanos = System.nanoTime();
    (entry.lane() == Lane.BULK ? bulk : priority).decrementAndGet();
    bytes.give(entry.size());
    return entry;
  }

  /** Waits a little while things happen, else until something does. */
  private void rest(long mostNanos) {
    waiting = Thread.currentThread();
    if (System.nanoTime() - lastEntryNanos < LOOKS_FOR_NANOS) {
      LockSupport.parkNanos(this, Math.min(mostNanos, LOOKS_EVERY_NANOS));
    } else {
      asleep = Thread.currentThread();
      if (entries.isEmpty()) {
        LockSupport.parkNanos(this, mostNanos);
      }
      asleep = null;
    }
    waiting = null;
  }

  /** What was dropped since the last call, by kind; empty where nothing was. */
  Map<String, Long> drops() {
    Map<String, Long> drops = new TreeMap<>();
    for (Loss loss : Loss.values()) {
      long lost = dropped.getAndSet(loss.ordinal(), 0);
      if (lost > 0) {
        drops.put(loss.label(), lost);
      }
    }
    return drops;
  }
}
