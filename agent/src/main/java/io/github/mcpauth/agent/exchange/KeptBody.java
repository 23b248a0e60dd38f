package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.http.Body;
import org.jspecify.annotations.Nullable;

/** Gives a call what was kept of one of its bodies. */
@ForStartUp(row = "callback", saves = 8) // No lambda: its first use is on the thread of the host.
record KeptBody(ObservedHttpCall call, boolean ofResponse) implements KeepingTap.Sink {

  @Override
  public void take(Body body, @Nullable Throwable error) {
    if (ofResponse) {
      call.responseBody(body, error);
    } else {
      call.requestBody(body);
    }
  }
}
