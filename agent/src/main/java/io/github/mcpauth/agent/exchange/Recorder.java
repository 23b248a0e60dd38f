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

  /**
   * Whether bytes of an event stream would be taken down: asked before they are copied. Those of
   * which nobody will hear anything are counted by {@link #unread}.
   */
  boolean readsStreams();

  /**
   * Bytes of an event stream went by, in order.
   *
   * @param offset how many bytes of the stream came before them
   * @param bytes the recorder's to keep
   * @param quotable whether what is said from now on may quote them
   * @return false where there is no room to learn their secrets first, so that nothing may
   */
  boolean streamed(long exchangeId, long offset, byte[] bytes, boolean quotable);

  /** Bytes of an event stream went by that nobody looked at: they are counted as lost. */
  void unread();

  /** The event stream ended. */
  void streamEnded(long exchangeId);
}
