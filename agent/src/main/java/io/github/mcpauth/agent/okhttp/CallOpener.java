package io.github.mcpauth.agent.okhttp;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a request of the host into a watched call, or null where it is none of our business. */
public interface CallOpener {

  @Nullable Call begin(RequestHead request, Supplier<Body> body);

  /** See {@link io.github.mcpauth.agent.exchange.Calls#passesBy}. */
  boolean passesBy(String url);

  /** See {@link io.github.mcpauth.agent.exchange.Calls#awaits}. */
  boolean awaits(URI url);
}
