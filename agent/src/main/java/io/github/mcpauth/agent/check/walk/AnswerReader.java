package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.wire.WireAnswer;
import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body to its end, or of an event stream until the answer has come that is waited for; at
 * most so much of it. The pipeline sees it go by, as it does in an application.
 */
final class AnswerReader {

  private static final int MOST = 1 << 20;
  private static final int MOST_MESSAGES = 100;

  /** A server closes its stream after the answer; one that does not has no more to say. */
  private static final Duration AFTER_ANSWER = Duration.ofMillis(300);

  /** A stream that nothing is asked on is looked at for that long. */
  static final Duration STREAM = Duration.ofSeconds(2);

  private final WireAnswer answer;
  private final BodyTap tap;
  private final @Nullable String id;
  private final List<byte[]> messages = new ArrayList<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable String endpoint;
  private boolean answered;

  AnswerReader(WireAnswer answer, @Nullable HttpCall call, @Nullable String id) {
    this.answer = answer;
    this.tap = call == null ? BodyTap.NONE : call.responseTap();
    this.id = id;
  }

  Answer read(URI url, @Nullable String remark) {
    boolean stream = answer.head().isEventStream();
    SseParser events = stream ? new SseParser(MOST, this::event) : null;
    if (stream && id == null) {
      answer.within(STREAM);
    }
    IOException failure = null;
    String said = remark;
    byte[] buffer = new byte[8192];
    long size = 0;
    boolean ended = false;
    try {
      while (!ended && size < MOST && endpoint == null) {
        int read = answer.read(buffer);
        ended = read < 0;
        if (read > 0) {
          size += read;
          tap.bytes(ByteBuffer.wrap(buffer, 0, read));
          kept.write(buffer, 0, read);
          if (events != null) {
            boolean before = answered;
            events.feed(buffer, 0, read);
            if (answered && !before) {
              answer.within(AFTER_ANSWER);
            }
          }
        }
      }
      if (!ended && endpoint == null) {
        said = "no end after " + (MOST >> 20) + " MiB";
      }
    } catch (SocketTimeoutException e) {
      boolean enough = stream && (answered || id == null);
      failure = enough ? null : e;
    } catch (IOException e) {
      failure = stream && answered ? null : e;
    }
    end(ended, failure);
    Body body = new Body(kept.toByteArray(), size, ended);
    return new Answer(url, answer.head(), messages(stream, body), endpoint, body, failure, said);
  }

  private void end(boolean ended, @Nullable IOException failure) {
    if (failure != null) {
      tap.failed(failure);
    } else if (ended) {
      tap.end();
    } else {
      tap.cancelled();
    }
  }

  private List<byte[]> messages(boolean stream, Body body) {
    return stream ? List.copyOf(messages) : List.of(body.bytes());
  }

  private void event(SseEvent event) {
    byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
    if (messages.size() < MOST_MESSAGES) {
      messages.add(data);
    }
    endpoint = id == null && event.event().equals("endpoint") ? event.data() : endpoint;
    for (JsonRpcMessage message : JsonRpc.parse(data)) {
      answered |= id != null && message.isAnswer() && id.equals(message.id());
    }
  }
}
