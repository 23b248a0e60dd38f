package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import java.util.HashMap;
import java.util.Map;

/** Tells of event streams whose bytes a test makes up, one after the other. */
public final class PlayedStreams {

  private final Map<Long, EventStream> streams = new HashMap<>();

  /** Bytes of the stream that answers an exchange. */
  public void streamed(Diagnosis diagnosis, Exchange exchange, byte[] bytes) {
    EventStream stream = streams.computeIfAbsent(exchange.id(), id -> new EventStream());
    diagnosis.streamed(exchange, stream.next(bytes));
  }
}
