package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Ends calls, and tells of those that wait for too long. Confined to the lock of the diagnosis. */
final class CallEndings {

  /** Takes a call that ended, or that waits for too long. */
  interface Sink {
    void ended(Call call, Exchange exchange, McpServer server);
  }

  /** What a server in good health answers at once has no answer for that long. */
  private static final Duration LONG = Duration.ofSeconds(15);

  /** Work of the user's may take long, but not that long without a sign. */
  private static final Duration VERY_LONG = Duration.ofMinutes(5);

  private final OpenCalls open;
  private final Sink sink;

  CallEndings(OpenCalls open, Sink sink) {
    this.open = open;
    this.sink = sink;
  }

  void end(OpenCall call, Call.End end, Instant at) {
    end(call, end, null, 0, at);
  }

  /**
   * @param answer the message that ended it, or null
   * @param answeredBy the exchange that the message came with; 0 where there is none
   */
  void end(
      OpenCall call, Call.End end, @Nullable JsonRpcMessage answer, long answeredBy, Instant at) {
    if (open.forget(call)) {
      sink.ended(call.as(end, answer, answeredBy, at), call.exchange(), call.server());
    }
  }

  /**
   * Time passed.
   *
   * @param closing the process ends: what is open now stays so
   */
  void tick(Instant now, boolean closing) {
    for (OpenCall call : open.all()) {
      Call.End ending = call.ending();
      if (ending != null) {
        if (closing || !call.due().isAfter(now)) {
          end(call, ending, now);
        }
      } else if (closing || isOverdue(call, now)) {
        waits(call, now, closing);
      }
    }
  }

  /** When the first of these calls ends if nothing more happens; null where none is about to. */
  @Nullable Instant nextOf(LongPredicate exchanges) {
    Instant next = null;
    for (OpenCall call : open.all()) {
      if (call.ending() != null && exchanges.test(call.exchange().id())) {
        next = next == null || call.due().isBefore(next) ? call.due() : next;
      }
    }
    return next;
  }

  private static boolean isOverdue(OpenCall call, Instant now) {
    Instant since = call.isQuick() ? call.sentAt() : call.lastSign();
    return !call.isTold() && !since.plus(call.isQuick() ? LONG : VERY_LONG).isAfter(now);
  }

  private void waits(OpenCall call, Instant now, boolean closing) {
    boolean alive = !call.isQuick() && call.lastSign().plus(Call.PATIENCE).isAfter(now);
    if (closing) {
      open.forget(call);
    }
    if (!call.isTold() && !alive) {
      call.tell();
      sink.ended(call.as(Call.End.OPEN, call.stranger(), 0, now), call.exchange(), call.server());
    }
  }
}
