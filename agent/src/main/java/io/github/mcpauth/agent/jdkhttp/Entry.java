package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Guard;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Tells which calls of the host may be MCP or OAuth. */
final class Entry {

  private final Guard guard;
  private final Wire wire;
  private final ThreadLocal<@Nullable Boolean> ours = new ThreadLocal<>();

  Entry(Guard guard) {
    this.guard = guard;
    this.wire = new Wire(guard);
  }

  Wire wire() {
    return wire;
  }

  boolean watches(Object client, Object request) {
    try {
      if (ours.get() != null) {
        ours.remove();
        return false;
      }
      return guard.open() && request instanceof HttpRequest host && HeadTest.mayMatter(host);
    } catch (Throwable t) {
      guard.failed("watches", t);
      return false;
    }
  }

  /** Declines every call: the woven method goes on as if nothing had happened. */
  @Nullable Object around(@Nullable Object[] arguments) {
    return null;
  }
}
