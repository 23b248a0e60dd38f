package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.rules.engine.Listener;
import io.github.mcpauth.rules.exchange.Exchange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what happened. Called on the host's threads and on its own: every method hands over
 * and returns, none blocks, none throws.
 */
public interface Recorder extends Listener {

  /** Something of ours went wrong. */
  void failed(Map<Field, Object> fields);

  /** A hook failed too often and does nothing from now on: the user must hear of it. */
  void switchedOff(Map<Field, Object> fields);

  /**
   * MCP may go over HTTP clients that are not watched: the user must hear of it.
   *
   * @param clients their names, for people
   */
  void blind(List<String> clients);

  /**
   * What is said from now on may quote this exchange, which itself is taken down later: its secrets
   * are to be known first. Told again with each phase.
   *
   * @return false where there is no room for that, so that nothing may quote it
   */
  boolean learn(Exchange exchange);

  /**
   * Whether it cannot keep up with what happens: a call that nobody needs to hear of is better not
   * told. Cheap, since it is asked of each.
   */
  boolean isBehind();

  /** A call was not told of, since it was one too many: it is counted as lost. */
  void unwatched();

  /** A request's body with JSON-RPC messages is on its way to the MCP server. */
  void sent(Exchange exchange, @Nullable String serverUrl);

  /** An exchange completed, failed, or its stream opened. */
  void exchange(Exchange exchange, @Nullable String serverUrl);

  /** Bytes of an event stream went by, in order; the array is the recorder's to keep. */
  void streamed(long exchangeId, byte[] bytes);

  /** The event stream ended. */
  void streamEnded(long exchangeId);
}
