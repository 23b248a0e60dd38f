package io.github.mcpauth.agent.log;

import io.github.mcpauth.rules.diagnosis.Finding;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.journey.StateChange;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a thread of the host leaves for the recorder. Classes rather than lambdas: the first of each
 * kind is made on the host's thread, where a lambda takes several times what a class takes.
 */
abstract class Note {

  /** What a note is, for the count of those that were lost. */
  enum Kind {
    EXCHANGE,
    MESSAGE,
    STREAM,
    FINDING,
    FIX,
    STATE,
    AGENT
  }

  final Kind kind;

  /** About how many bytes of memory it holds. */
  final int size;

  final Instant at = Instant.now();

  private Note(Kind kind, int size) {
    this.kind = kind;
    this.size = size;
  }

  /** Has it written down, on the recorder's worker. */
  abstract void read(Scribe scribe);

  /** Something about ourselves. */
  static final class Agent extends Note {
    private final String event;
    private final Map<String, Object> fields;

    Agent(String event, Map<String, Object> fields) {
      super(Kind.AGENT, 0);
      this.event = event;
      this.fields = fields;
    }

    @Override
    void read(Scribe scribe) {
      scribe.agent(at, event, fields);
    }
  }

  /** A request's body is on its way. */
  static final class Sent extends Note {
    private final Exchange exchange;
    private final @Nullable String serverUrl;

    Sent(Exchange exchange, @Nullable String serverUrl) {
      super(Kind.MESSAGE, exchange.requestBody().bytes().length);
      this.exchange = exchange;
      this.serverUrl = serverUrl;
    }

    @Override
    void read(Scribe scribe) {
      scribe.sent(at, exchange, serverUrl);
    }
  }

  /** An exchange completed or failed, or its stream opened. */
  static final class Exchanged extends Note {
    private final Exchange exchange;
    private final @Nullable String serverUrl;

    Exchanged(Exchange exchange, @Nullable String serverUrl) {
      super(
          Kind.EXCHANGE,
          exchange.requestBody().bytes().length + exchange.responseBody().bytes().length);
      this.exchange = exchange;
      this.serverUrl = serverUrl;
    }

    @Override
    void read(Scribe scribe) {
      scribe.exchange(at, exchange, serverUrl);
    }
  }

  /** Bytes of an event stream went by. */
  static final class Streamed extends Note {
    private final long exchangeId;
    private final byte[] bytes;

    Streamed(long exchangeId, byte[] bytes) {
      super(Kind.STREAM, bytes.length);
      this.exchangeId = exchangeId;
      this.bytes = bytes;
    }

    @Override
    void read(Scribe scribe) {
      scribe.streamed(exchangeId, bytes);
    }
  }

  /** An event stream ended. */
  static final class StreamEnded extends Note {
    private final long exchangeId;

    StreamEnded(long exchangeId) {
      super(Kind.STATE, 0);
      this.exchangeId = exchangeId;
    }

    @Override
    void read(Scribe scribe) {
      scribe.streamEnded(exchangeId);
    }
  }

  /** A finding. */
  static final class Found extends Note {
    private final Finding finding;

    Found(Finding finding) {
      super(Kind.FINDING, 0);
      this.finding = finding;
    }

    @Override
    void read(Scribe scribe) {
      scribe.found(at, finding);
    }
  }

  /** A finding that follows from another one. */
  static final class Linked extends Note {
    private final Finding finding;
    private final String cause;
    private final long causedBy;

    Linked(Finding finding, String cause, long causedBy) {
      super(Kind.FINDING, 0);
      this.finding = finding;
      this.cause = cause;
      this.causedBy = causedBy;
    }

    @Override
    void read(Scribe scribe) {
      scribe.linked(at, finding, cause, causedBy);
    }
  }

  /** A server's state changed. */
  static final class Moved extends Note {
    private final StateChange change;

    Moved(StateChange change) {
      super(Kind.STATE, 0);
      this.change = change;
    }

    @Override
    void read(Scribe scribe) {
      scribe.moved(at, change);
    }
  }

  /** A fix acted, would have, or did not. */
  static final class Fixed extends Note {
    private final FixReport report;

    Fixed(FixReport report) {
      super(Kind.FIX, 0);
      this.report = report;
    }

    @Override
    void read(Scribe scribe) {
      scribe.fixed(at, report);
    }
  }

  /** Says nothing: it wakes the worker. */
  static final class Wake extends Note {
    Wake() {
      super(Kind.AGENT, 0);
    }

    @Override
    void read(Scribe scribe) {}
  }
}
