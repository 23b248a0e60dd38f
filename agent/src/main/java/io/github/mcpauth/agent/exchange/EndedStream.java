package io.github.mcpauth.agent.exchange;

import org.jspecify.annotations.Nullable;

/** Hands the end of a call's event stream to it. */
record EndedStream(ObservedHttpCall call) implements StreamTap.Ended {

  @Override
  public void take(@Nullable Throwable error, boolean cancelled) {
    call.streamEnded(error, cancelled);
  }
}
