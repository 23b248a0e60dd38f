package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a thread of the host leaves for the recorder. Classes rather than lambdas: the first of each
 * kind is made on the host's thread, where a lambda takes several times what a class takes. And an
 * interface, since the JVM's verifier does not load what is assigned to one.
 */
interface QueueEntry {

  /** What a note is, for the count of those that were lost. */
  enum Kind {
    EXCHANGE,
    LEARN,
    MESSAGE,
    STREAM,
    FINDING,
    FIX,
    STATE,
    AGENT
  }

  Kind kind();

  /** About how many bytes of memory it holds. */
  default int size() {
    return 0;
  }

  /** Has it written down, on the recorder's worker. */
  void read(EntryWriter scribe);

  /** Something about ourselves. */
  record Agent(Instant at, String event, Map<String, Object> fields) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.AGENT;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.agent(at, event, fields);
    }
  }

  /** A hook is out of action for good: unlike the rest about ourselves, it opens the log. */
  record SwitchedOff(Instant at, Map<String, Object> fields) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.STATE;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.switchedOff(at, fields);
    }
  }

  /**
   * What follows may quote this exchange. It takes no room of its own: the exchange comes as well.
   */
  record Learn(Exchange exchange) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.LEARN;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.learn(exchange);
    }
  }

  /** A request's body is on its way. */
  record Sent(Instant at, Exchange exchange, @Nullable String serverUrl) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.MESSAGE;
    }

    @Override
    public int size() {
      return exchange.requestBody().bytes().length;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.sent(at, exchange, serverUrl);
    }
  }

  /** An exchange completed or failed, or its stream opened. */
  record Exchanged(Instant at, Exchange exchange, @Nullable String serverUrl)
      implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.EXCHANGE;
    }

    @Override
    public int size() {
      return exchange.requestBody().bytes().length + exchange.responseBody().bytes().length;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.exchange(at, exchange, serverUrl);
    }
  }

  /** Bytes of an event stream went by. */
  record Streamed(long exchangeId, byte[] bytes) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.STREAM;
    }

    @Override
    public int size() {
      return bytes.length;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.streamed(exchangeId, bytes);
    }
  }

  /** An event stream ended. */
  record StreamEnded(long exchangeId) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.STATE;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.streamEnded(exchangeId);
    }
  }

  /** A finding. */
  record Found(Instant at, Finding finding) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.FINDING;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.found(at, finding);
    }
  }

  /** A finding that follows from another one. */
  record Linked(Instant at, Finding finding, String cause, long causedBy) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.FINDING;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.linked(at, finding, cause, causedBy);
    }
  }

  /** A server's state changed. */
  record Moved(Instant at, StateChange change) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.STATE;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.moved(at, change);
    }
  }

  /** A fix acted, would have, or did not. */
  record Fixed(Instant at, FixReport report) implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.FIX;
    }

    @Override
    public void read(EntryWriter scribe) {
      scribe.fixed(at, report);
    }
  }

  /** Says nothing: it wakes the worker. */
  record Wake() implements QueueEntry {
    @Override
    public Kind kind() {
      return Kind.AGENT;
    }

    @Override
    public void read(EntryWriter scribe) {}
  }
}
