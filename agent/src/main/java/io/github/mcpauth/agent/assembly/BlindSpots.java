package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.exchange.Recorder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Says once that there are HTTP clients which the agent does not get under, where an MCP SDK has
 * loaded beside them and no MCP request came by: silence would pass for health.
 */
final class BlindSpots implements Runnable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Seen seen;
  private final BooleanSupplier seenMcp;
  private final Recorder recorder;
  private long since;
  private boolean waits;
  private boolean over;

  /**
   * @param seenMcp whether an MCP request came by
   */
  BlindSpots(Seen seen, BooleanSupplier seenMcp, Recorder recorder) {
    this.seen = seen;
    this.seenMcp = seenMcp;
    this.recorder = recorder;
  }

  /** Time passed. */
  @Override
  public void run() {
    look(System.nanoTime(), false);
  }

  /** The process ends: no MCP request will come any more. */
  void close() {
    look(System.nanoTime(), true);
  }

  synchronized void look(long now, boolean atExit) {
    if (over) {
      return;
    }
    if (seenMcp.getAsBoolean()) {
      over = true;
      return;
    }
    List<String> unwatched = seen.unwatched();
    if (unwatched.isEmpty() || !seen.mayMcpBeOverHttp()) {
      return;
    }
    since = waits ? since : now;
    waits = true;
    if (atExit || now - since >= PATIENCE_NANOS) {
      over = true;
      recorder.blind(unwatched);
    }
  }
}
