package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The recorder: the host's threads leave entries in the queue, one daemon thread parses, redacts
 * and writes them. Nothing here blocks the host, and nothing is written before the first exchange.
 */
public final class RecorderThread implements Recorder, Runnable {

  private static final Duration IDLE = Duration.ofMillis(400);
  private static final long BETWEEN_GAPS_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintStream err;
  private final RecorderSetup setup;
  private final RecorderQueue queue = new RecorderQueue();
  private final RepeatedFindings repeats = new RepeatedFindings();
  private final Thread thread;
  private final WorkBudget budget =
      new WorkBudget(Runtime.getRuntime().availableProcessors(), System.nanoTime());
  private volatile boolean closing;
  private volatile long writesUntil;

  private RecorderThread(PrintStream err, RecorderSetup setup) {
    this.err = err;
    this.setup = setup;
    this.thread = AgentThread.of(this, "mcpauth-recorder");
  }

  /** Starts the thread, which first of all does the setup. */
  public static RecorderThread start(PrintStream err, RecorderSetup setup) {
    RecorderThread recorder = new RecorderThread(err, setup);
    recorder.thread.start();
    return recorder;
  }

  @Override
  public void failed(Map<Field, Object> fields) {
    queue.offer(new QueueEntry.Failed(Instant.now(), fields));
  }

  @Override
  public void switchedOff(Map<Field, Object> fields) {
    queue.offer(new QueueEntry.SwitchedOff(Instant.now(), fields));
  }

  @Override
  public void blind(List<String> clients) {
    queue.offer(new QueueEntry.Blind(Instant.now(), clients));
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    failed(Map.of(Field.RULE, rule, Field.ERROR_TYPE, error.getClass().getName()));
  }

  @Override
  public boolean learn(Exchange exchange) {
    LearnEntry entry = LearnEntry.of(exchange);
    return queue.offer(entry) || entry.lane() == Lane.BULK; // Nobody quotes what goes well.
  }

  @Override
  public boolean isBehind() {
    return budget.isSpent() || queue.isCrowded();
  }

  @Override
  public void unwatched() {
    queue.lost(Loss.UNWATCHED);
  }

  @Override
  public void sent(Exchange exchange, @Nullable String serverUrl) {
    queue.offer(new QueueEntry.Sent(Instant.now(), exchange, serverUrl));
  }

  @Override
  public void exchange(Exchange exchange, @Nullable String serverUrl) {
    queue.offer(new QueueEntry.Exchanged(Instant.now(), exchange, serverUrl));
  }

  @Override
  public boolean readsStreams() {
    return queue.hasRoom() && (queue.isEmpty() || !budget.isSpentAt(System.nanoTime()));
  }

  @Override
  public boolean streamed(long exchangeId, long offset, byte[] bytes, boolean quotable) {
    if (!readsStreams()) {
      unread();
    } else if (queue.offer(
        new QueueEntry.Streamed(Instant.now(), exchangeId, offset, bytes, quotable))) {
      return true;
    }
    return !quotable
        || !LearnEntry.tellsOfAnError(bytes)
        || queue.offer(new LearnStreamEntry(bytes));
  }

  @Override
  public void unread() {
    queue.lost(Loss.STREAM);
  }

  @Override
  public void streamEnded(long exchangeId) {
    queue.offer(new QueueEntry.StreamEnded(exchangeId));
  }

  @Override
  public void found(Finding finding) {
    queue.offer(new QueueEntry.Found(Instant.now(), finding));
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats.note(finding, count);
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    queue.offer(new QueueEntry.Linked(Instant.now(), finding, cause, causedBy));
  }

  @Override
  public void called(Call call, String serverUrl, int others) {
    queue.offer(new QueueEntry.Called(Instant.now(), call, serverUrl, others));
  }

  @Override
  public void moved(StateChange change) {
    queue.offer(new QueueEntry.Moved(Instant.now(), change));
  }

  @Override
  public void stands(ServerStatus status) {
    queue.offer(new QueueEntry.Stands(Instant.now(), status));
  }

  @Override
  public void fixed(FixReport report) {
    queue.offer(new QueueEntry.Fixed(Instant.now(), report));
  }

  /**
   * The log as it stands.
   *
   * @param opened whether there was anything to write
   * @param file null where there is none, or it could not be opened
   * @param run what tells this run's lines from those of others in the same file
   */
  public record Written(boolean opened, @Nullable Path file, String run) {}

  /**
   * Waits until all that happened so far is in the log, what repeats itself too; null where that
   * takes longer, or there is no recorder any more.
   */
  public @Nullable Written written(Duration most) throws InterruptedException {
    CompletableFuture<Written> answer = new CompletableFuture<>();
    if (!queue.offer(new QueueEntry.Asked(repeats, answer))) {
      return null;
    }
    try {
      return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }

  /** The thread's life; not to be called. */
  @Override
  public void run() {
    RecorderSetup.Session session = setup.prepare(this);
    if (session == null) {
      return;
    }
    EntryWriter writer;
    try {
      writer = new EntryWriter(session, err);
    } catch (Throwable e) {
      // Not through SLF4J: what would log it is what failed.
      err.println(
          "mcp-auth-agent: nothing is logged, the program runs on: "
              + String.valueOf(e).replace('\n', ' ')
              + "; check that the agent's jar is complete and readable");
      return;
    }
    work(writer);
  }

  private void work(EntryWriter writer) {
    long gapTold = System.nanoTime();
    while (true) {
      try {
        QueueEntry entry = queue.poll(closing ? Duration.ZERO : IDLE);
        if (entry != null) {
          write(entry, writer);
        } else if (closing) {
          finish(writer);
          return;
        }
        // In a storm each line about what is lost is one more, so they are few.
        long now = System.nanoTime();
        if (entry == null || now - gapTold >= BETWEEN_GAPS_NANOS) {
          gapTold = now;
          writer.gap(queue.drops());
          repeats.due(false, writer);
        }
      } catch (Throwable e) {
        unwritten(writer, e);
      }
    }
  }

  /** At the end of the process there is more time than otherwise, but not for long. */
  private void write(QueueEntry entry, EntryWriter writer) {
    if (entry.lane() == Lane.PRIORITY) {
      entry.write(writer);
      return;
    }
    long start = System.nanoTime();
    if (closing ? start - writesUntil < 0 : budget.allows(start)) {
      long lines = writer.lines();
      entry.write(writer);
      budget.spent(System.nanoTime() - start, (int) Math.max(1, writer.lines() - lines));
    } else {
      queue.drop(entry);
      entry.leaveOut(writer);
    }
  }

  /** A line that cannot be made must not cost the rest. */
  private static void unwritten(EntryWriter writer, Throwable error) {
    try {
      writer.unwritten(error);
    } catch (Throwable ignored) {
      // What says things is broken itself.
    }
  }

  private void finish(EntryWriter writer) {
    try {
      repeats.due(true, writer);
    } catch (Throwable e) {
      unwritten(writer, e);
    }
    try {
      writer.gap(queue.drops());
      writer.stop();
    } catch (Throwable ignored) {
      // The process ends.
    }
  }

  /**
   * Writes what is left, for at most that long: of what there is much of, for the first half of it.
   * A JVM that left nothing does not wait.
   */
  public void close(Duration most) throws InterruptedException {
    writesUntil = System.nanoTime() + most.toNanos() / 2;
    closing = true;
    if (queue.isAwaited()) {
      queue.close();
      thread.join(most.toMillis());
    }
  }
}
