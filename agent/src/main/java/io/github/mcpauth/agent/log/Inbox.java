package io.github.mcpauth.agent.log;

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
 * or by bytes, is dropped and counted. Findings and the like have room of their own.
 */
final class Inbox {

  /** What an item is, for the count of those that were lost. */
  enum Kind {
    EXCHANGE,
    MESSAGE,
    STREAM,
    FINDING,
    FIX,
    STATE,
    AGENT
  }

  /** Something to do for the worker. */
  record Item(Kind kind, int bytes, Runnable task) {}

  private static final int MOST_BULK = 8192;
  private static final int MOST_PRIORITY = 1024;
  private static final long MOST_BYTES = 32L << 20;

  // While things happen the worker looks by itself, so that the host need not wake it each time: a
  // wake-up costs the host's thread some microseconds.
  private static final long LOOKS_EVERY_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LOOKS_FOR_NANOS = Duration.ofMillis(200).toNanos();

  private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread asleep;
  private volatile @Nullable Thread waiting;
  private long lastItemNanos = System.nanoTime();
  private final AtomicInteger bulk = new AtomicInteger();
  private final AtomicInteger priority = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Map<Kind, AtomicLong> dropped = new EnumMap<>(Kind.class);
  private volatile boolean used;

  Inbox() {
    for (Kind kind : Kind.values()) {
      dropped.put(kind, new AtomicLong());
    }
  }

  /** Leaves an item of about that many bytes; false where it was dropped. */
  boolean offer(Kind kind, int size, Runnable task) {
    AtomicInteger count = isBulk(kind) ? bulk : priority;
    int most = isBulk(kind) ? MOST_BULK : MOST_PRIORITY;
    boolean tooMany = count.incrementAndGet() > most;
    boolean tooLarge = bytes.addAndGet(size) > MOST_BYTES && isBulk(kind);
    if (tooMany || tooLarge) {
      count.decrementAndGet();
      bytes.addAndGet(-size);
      AtomicLong drops = dropped.get(kind);
      if (drops != null) {
        drops.incrementAndGet();
      }
      return false;
    }
    if (!used && kind != Kind.AGENT) {
      used = true;
    }
    items.add(new Item(kind, size, task));
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
    offer(Kind.AGENT, 0, () -> {});
    Thread worker = waiting;
    if (worker != null) {
      LockSupport.unpark(worker);
    }
  }

  /** The next task, or null when none came in time. */
  @Nullable Runnable poll(Duration wait) throws InterruptedException {
    Item item = items.poll();
    long deadline = System.nanoTime() + wait.toNanos();
    while (item == null && System.nanoTime() - deadline < 0) {
      rest(deadline - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      item = items.poll();
    }
    if (item == null) {
      return null;
    }
    lastItemNanos = System.nanoTime();
    (isBulk(item.kind()) ? bulk : priority).decrementAndGet();
    bytes.addAndGet(-item.bytes());
    return item.task();
  }

  /** Waits a little while things happen, else until something does. */
  private void rest(long mostNanos) {
    waiting = Thread.currentThread();
    if (System.nanoTime() - lastItemNanos < LOOKS_FOR_NANOS) {
      LockSupport.parkNanos(this, Math.min(mostNanos, LOOKS_EVERY_NANOS));
    } else {
      asleep = Thread.currentThread();
      if (items.isEmpty()) {
        LockSupport.parkNanos(this, mostNanos);
      }
      asleep = null;
    }
    waiting = null;
  }

  /** What was dropped since the last call, by kind; empty where nothing was. */
  Map<String, Long> drops() {
    Map<String, Long> drops = new TreeMap<>();
    dropped.forEach(
        (kind, count) -> {
          long lost = count.getAndSet(0);
          if (lost > 0) {
            drops.put(kind.name().toLowerCase(Locale.ROOT), lost);
          }
        });
    return drops;
  }

  private static boolean isBulk(Kind kind) {
    return kind == Kind.EXCHANGE || kind == Kind.MESSAGE || kind == Kind.STREAM;
  }
}
