package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Duration;

/**
 * Takes an exchange down when it ends, and tells the rules how it did. Until that is done its call
 * counts as open, so that a process that exits meanwhile waits for it.
 */
final class Ending {

  private final Pipeline pipeline;
  private final ObservedHttpCall call;

  Ending(Pipeline pipeline, ObservedHttpCall call) {
    this.pipeline = pipeline;
    this.call = call;
  }

  /** Its answer is there as a whole, or as far as anybody wanted it. */
  void completed(Exchange exchange) {
    try {
      pipeline.observations().completed(exchange);
      pipeline.wentWell(exchange, call);
    } finally {
      record(exchange);
    }
  }

  /** It led to another one before it had an answer, or was answered from memory. */
  void superseded(Exchange exchange) {
    record(exchange);
  }

  /**
   * It has no (whole) answer.
   *
   * @param recorded whether it was taken down already: a stream is when it opens
   */
  void failed(Exchange exchange, Failure why, Duration after, boolean recorded) {
    Exchange failed = exchange.failed(why, after);
    try {
      pipeline.observations().failed(failed);
    } finally {
      if (recorded) {
        pipeline.closed(call);
      } else {
        record(failed);
      }
    }
  }

  /** The process ends before it did. */
  void atExit(Exchange exchange, Duration after) {
    ResponseHead response = exchange.response();
    if (response == null) {
      record(exchange.failed(new Failure(Failure.Kind.OTHER, "unfinished", null), after));
    } else if (headTells(exchange.role(), response.status())) {
      completed(exchange.withResponseBody(new Body(new byte[0], 0, false), after));
    } else {
      record(exchange);
    }
  }

  /** Whether a host may have given up on the head of the answer, of which the body is unknown. */
  private static boolean headTells(Role role, int status) {
    return status >= (role == Role.MCP ? 300 : 400);
  }

  private void record(Exchange exchange) {
    try {
      if (pipeline.diagnosis().concerns(exchange)) {
        pipeline.recorder().exchange(exchange, pipeline.diagnosis().serverUrl(exchange));
      }
    } finally {
      pipeline.closed(call);
    }
  }
}
