package io.github.mcpauth.rules.mcp;

import org.jspecify.annotations.Nullable;

/**
 * One dispatched server-sent event.
 *
 * @param event the event type; {@code "message"} where the stream names none
 * @param data the data lines joined by line feeds, cut where the event was too long
 * @param id the last event id in force, or null before the first
 * @param truncated whether data was cut
 */
public record SseEvent(String event, String data, @Nullable String id, boolean truncated) {

  /** The type of the events that MCP's clients read, and of those without a name. */
  public static final String MESSAGE = "message";

  /** Data may hold credentials, so only its length is shown. */
  @Override
  public String toString() {
    return "SseEvent[" + event + ", " + data.length() + " chars" + (truncated ? ", cut]" : "]");
  }
}
