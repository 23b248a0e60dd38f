package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.Observations;
import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recorder: the host's threads leave notes in the inbox, one daemon thread parses, redacts and
 * writes them. Nothing here blocks the host, and nothing is written before the first exchange.
 */
public final class RecorderThread implements Recorder, Runnable {

  private static final Duration IDLE = Duration.ofMillis(400);
  private static final int TICKS_OF_A_STORM = 5; // Two seconds.

  private final PrintStream err;
  private final RecorderSetup setup;
  private final RecorderQueue inbox = new RecorderQueue();
  private final RepeatedFindings repeats = new RepeatedFindings();
  private final boolean rehearses;
  private final Thread worker;
  private volatile boolean closing;

  private RecorderThread(PrintStream err, RecorderSetup setup, boolean rehearses) {
    this.err = err;
    this.setup = setup;
    this.rehearses = rehearses;
    this.worker = new Thread(this, "mcpauth-recorder");
    worker.setDaemon(true);
    // The host's context class loader would be inherited, and pinned.
    worker.setContextClassLoader(RecorderThread.class.getClassLoader());
  }

  /**
   * Starts the worker, which first of all does the setup.
   *
   * @param rehearses the worker then loads what a host's thread would load with its first exchange
   */
  public static RecorderThread start(PrintStream err, RecorderSetup setup, boolean rehearses) {
    RecorderThread recording = new RecorderThread(err, setup, rehearses);
    recording.worker.start();
    return recording;
  }

  @Override
  public void agent(String event, Map<String, Object> fields) {
    inbox.offer(new QueueEntry.Agent(Instant.now(), event, fields));
  }

  @Override
  public void switchedOff(Map<String, Object> fields) {
    inbox.offer(new QueueEntry.SwitchedOff(Instant.now(), fields));
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    agent("agent.error", Map.of("mcpauth.rule", rule, "error.type", error.getClass().getName()));
  }

  @Override
  public void learn(Exchange exchange) {
    inbox.offer(new QueueEntry.Learn(exchange));
  }

  @Override
  public void sent(Exchange exchange, @Nullable String serverUrl) {
    inbox.offer(new QueueEntry.Sent(Instant.now(), exchange, serverUrl));
  }

  @Override
  public void exchange(Exchange exchange, @Nullable String serverUrl) {
    inbox.offer(new QueueEntry.Exchanged(Instant.now(), exchange, serverUrl));
  }

  @Override
  public void streamed(long exchangeId, byte[] bytes) {
    inbox.offer(new QueueEntry.Streamed(exchangeId, bytes));
  }

  @Override
  public void streamEnded(long exchangeId) {
    inbox.offer(new QueueEntry.StreamEnded(exchangeId));
  }

  @Override
  public void found(Finding finding) {
    inbox.offer(new QueueEntry.Found(Instant.now(), finding));
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats.note(finding, count);
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    inbox.offer(new QueueEntry.Linked(Instant.now(), finding, cause, causedBy));
  }

  @Override
  public void moved(StateChange change) {
    inbox.offer(new QueueEntry.Moved(Instant.now(), change));
  }

  @Override
  public void fixed(FixReport report) {
    inbox.offer(new QueueEntry.Fixed(Instant.now(), report));
  }

  /** The worker's life; not to be called. */
  @Override
  public void run() {
    RecorderSetup.Session session = setup.prepare(this);
    if (session == null) {
      return;
    }
    if (rehearses && !closing) {
      Rehearsal.tryToPlay();
    }
    EntryWriter scribe;
    try {
      scribe = new EntryWriter(session, err);
    } catch (Throwable e) {
      err.println(
          "mcp-auth-agent: nothing is logged, the program runs on: "
              + String.valueOf(e).replace('\n', ' ')
              + "; check that the agent's jar is complete and readable");
      return;
    }
    read(scribe, session);
  }

  private void read(EntryWriter scribe, RecorderSetup.Session session) {
    Observations observations = session.observations();
    observations.attended();
    long ticked = System.nanoTime();
    int storm = 0;
    while (true) {
      try {
        QueueEntry note = inbox.poll(closing ? Duration.ZERO : IDLE);
        observations.catchUp();
        if (note != null) {
          note.read(scribe);
        } else if (closing) {
          finish(scribe);
          return;
        } else {
          storm = 0;
          scribe.gap(inbox.drops());
        }
        // A host that is never quiet hears of the time as well.
        if (System.nanoTime() - ticked >= IDLE.toNanos()) {
          ticked = System.nanoTime();
          observations.tick();
          repeats.due(false, scribe);
          // In a storm each line about what is lost is one more, so they are few.
          if (note != null && ++storm % TICKS_OF_A_STORM == 0) {
            scribe.gap(inbox.drops());
          }
        }
      } catch (InterruptedException e) {
        closing = true; // Nobody but us knows this thread; take it as an end.
      } catch (Throwable e) {
        unwritten(scribe, e);
      }
    }
  }

  /** A line that cannot be made must not cost the rest. */
  private static void unwritten(EntryWriter scribe, Throwable error) {
    try {
      scribe.unwritten(error);
    } catch (Throwable ignored) {
      // What says things is broken itself.
    }
  }

  private void finish(EntryWriter scribe) {
    try {
      repeats.due(true, scribe);
    } catch (Throwable e) {
      unwritten(scribe, e);
    }
    try {
      scribe.gap(inbox.drops());
      scribe.stop();
    } catch (Throwable ignored) {
      // The process ends.
    }
  }

  /** Writes what is left, for at most that long; a JVM that left nothing does not wait. */
  public void close(Duration most) throws InterruptedException {
    closing = true;
    if (!inbox.wasUsed()) {
      return;
    }
    inbox.wake();
    worker.join(most.toMillis());
  }
}
