package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a thread of the host leaves in the recorder's queue. Classes rather than lambdas: the first
 * of each kind is made on the host's thread, where a lambda takes several times what a class takes.
 * And an interface, since the JVM's verifier does not load what is assigned to one.
 */
@ForStartUp(row = "callback", saves = 5)
interface QueueEntry {

  /** What is lost with it; null where that is no line. */
  @Nullable Loss loss();

  default Lane lane() {
    return Lane.PRIORITY;
  }

  /** Whether the process, at its end, waits until it is written. */
  default boolean isAwaited() {
    return true;
  }

  /** About how many bytes of memory it holds. */
  default long size() {
    return 0;
  }

  /** Has it written, on the recorder's thread. */
  void write(EntryWriter writer);

  /** There is no time to write it: what cannot be left out is done, on the recorder's thread. */
  default void leaveOut(EntryWriter writer) {}

  /** One that is no line: nothing is lost with it, and the process does not wait for it. */
  interface Aside extends QueueEntry {
    @Override
    default @Nullable Loss loss() {
      return null;
    }

    @Override
    default boolean isAwaited() {
      return false;
    }
  }

  /** Something of the agent failed. */
  record Failed(Instant at, Map<Field, Object> fields) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.AGENT;
    }

    @Override
    public boolean isAwaited() {
      return false;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.failed(at, fields);
    }
  }

  /** A hook is out of action for good: unlike other failures, it opens the log. */
  record SwitchedOff(Instant at, Map<Field, Object> fields) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.AGENT;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.switchedOff(at, fields);
    }
  }

  /** MCP may go over HTTP clients that are not watched. It opens no log: there is none of MCP. */
  record Blind(Instant at, List<String> clients) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.AGENT;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.blind(at, clients);
    }
  }

  /** A request's body is on its way. */
  record Sent(Instant at, Exchange exchange, @Nullable String serverUrl) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.MESSAGE;
    }

    @Override
    public Lane lane() {
      return Lane.BULK;
    }

    @Override
    public long size() {
      return exchange.bytes();
    }

    @Override
    public void write(EntryWriter writer) {
      writer.sent(at, exchange, serverUrl);
    }
  }

  /** An exchange completed or failed, or its stream opened. */
  record Exchanged(Instant at, Exchange exchange, @Nullable String serverUrl)
      implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.EXCHANGE;
    }

    /** Without the opening of a stream, nothing that comes in it could be read. */
    @Override
    public Lane lane() {
      ResponseHead response = exchange.response();
      return response != null && response.isEventStream() ? Lane.PRIORITY : Lane.BULK;
    }

    @Override
    public long size() {
      return exchange.bytes();
    }

    @Override
    public void write(EntryWriter writer) {
      writer.exchange(at, exchange, serverUrl);
    }
  }

  /**
   * Bytes of an event stream went by.
   *
   * @param offset how many bytes of the stream came before them
   * @param quotable whether what follows may quote an event in them
   */
  record Streamed(Instant at, long exchangeId, long offset, byte[] bytes, boolean quotable)
      implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.STREAM;
    }

    @Override
    public Lane lane() {
      return Lane.BULK;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void write(EntryWriter writer) {
      leaveOut(writer);
      writer.streamed(at, exchangeId, offset, bytes);
    }

    /** An event that is cut by what was lost is no event of the log, and quoted all the same. */
    @Override
    public void leaveOut(EntryWriter writer) {
      if (quotable && LearnEntry.tellsOfAnError(bytes)) {
        writer.learn(bytes);
      }
    }
  }

  /** An event stream ended. */
  record StreamEnded(long exchangeId) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.STATE;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.streamEnded(exchangeId);
    }
  }

  /** A finding. */
  record Found(Instant at, Finding finding) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.FINDING;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.found(at, finding);
    }
  }

  /** A finding that follows from another one. */
  record Linked(Instant at, Finding finding, String cause, long causedBy) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.FINDING;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.linked(at, finding, cause, causedBy);
    }
  }

  /** A call ended without an answer, or with an error, and so did so many others with it. */
  record Called(Instant at, Call call, String serverUrl, int others) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.STATE;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.called(at, call, serverUrl, others);
    }
  }

  /** A server's state changed. */
  record Moved(Instant at, StateChange change) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.STATE;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.moved(at, change);
    }
  }

  /** A server is not connected, and nothing more happens; or it is again. */
  record Stands(Instant at, ServerStatus status) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.STATE;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.stands(at, status);
    }
  }

  /** A fix acted, would have, or did not. */
  record Fixed(Instant at, FixReport report) implements QueueEntry {
    @Override
    public Loss loss() {
      return Loss.FIX;
    }

    @Override
    public void write(EntryWriter writer) {
      writer.fixed(at, report);
    }
  }

  /** All that came before is written, what repeats itself too: somebody waits for that. */
  record Asked(RepeatedFindings repeats, CompletableFuture<RecorderThread.Written> answer)
      implements Aside {
    @Override
    public void write(EntryWriter writer) {
      repeats.due(true, writer);
      answer.complete(writer.written());
    }
  }

  /** Says nothing: it wakes the recorder. */
  record Wake() implements Aside {
    @Override
    public void write(EntryWriter writer) {}
  }
}
