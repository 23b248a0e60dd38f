package io.github.mcpauth.agent.okhttp;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a request of the host into a watched call, or null where it is none of our business. */
@FunctionalInterface
public interface CallOpener {

  @Nullable Call begin(RequestHead request, Supplier<Body> body);

  /** See {@code Pipeline.anyGetMayMatter}. */
  default boolean anyGet() {
    return false;
  }
}
