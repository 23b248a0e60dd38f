package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.JsonRpcMessage.Kind;
import io.github.mcpauth.rules.mcp.SseEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the JSON-RPC requests of the host with their answers, wherever those come, and tells of
 * each call how it ended. Bounded: what is forgotten ends untold. Confined to the lock of the
 * diagnosis.
 */
final class OpenCalls {

  /** Takes a call that ended, or that waits for too long. */
  interface Sink {
    void ended(Call call, Exchange exchange, McpServer server);
  }

  private static final int MOST_CALLS = 128;
  private static final int MOST_STREAMS = 128;

  /** How long an answer may lag behind the end of the stream that it should have come with. */
  private static final Duration LAG = Duration.ofSeconds(2);

  /** How long a host may take to ask for the rest of a stream. */
  private static final Duration RESUMPTION = Duration.ofSeconds(10);

  /** What a server in good health answers at once has no answer for that long. */
  private static final Duration LONG = Duration.ofSeconds(15);

  /** Work of the user's may take long, but not that long without a sign. */
  private static final Duration VERY_LONG = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Sink sink;
  private final Map<Long, List<OpenCall>> open = new BoundedMap<>(MOST_CALLS);
  private final Map<Long, OpenStream> streams = new BoundedMap<>(MOST_STREAMS);

  OpenCalls(InstantSource clock, Sink sink) {
    this.clock = clock;
    this.sink = sink;
  }

  void sent(Exchange exchange, McpServer server) {
    Long before = exchange.parentId();
    if (before != null) {
      open.remove(before); // It is repeated by this one.
    }
    if (exchange.role() != Role.MCP || exchange.requestBody().isEmpty()) {
      if (exchange.role() == Role.MCP && exchange.request().method().equals(Call.STREAM)) {
        open.put(exchange.id(), new ArrayList<>(List.of(OpenCall.ofStream(exchange, server))));
      }
      resumes(exchange, server);
      return;
    }
    for (JsonRpcMessage message : JsonRpc.parse(exchange.requestBody().bytes())) {
      if (message.kind() == Kind.REQUEST) {
        open.computeIfAbsent(exchange.id(), id -> new ArrayList<>(1))
            .add(new OpenCall(message, exchange, server));
      } else if (message.cancels() != null) {
        givenUp(message.cancels(), server, exchange.sentAt());
      }
    }
  }

  /** A new stream may bring what the last one did not. */
  private void resumes(Exchange exchange, McpServer server) {
    if (exchange.request().headers().has("Last-Event-ID")) {
      for (OpenCall call : calls()) {
        if (call.server() == server && call.ending() == Call.End.STREAM_ENDED) {
          call.endsNot();
        }
      }
    }
  }

  private void givenUp(String id, McpServer server, Instant at) {
    for (OpenCall call : calls()) {
      if (call.server() == server && id.equals(call.request().id())) {
        end(call, Call.End.GIVEN_UP, at);
        return;
      }
    }
  }

  void answered(Exchange exchange, McpServer server) {
    ResponseHead response = exchange.response();
    if (response == null || exchange.role() != Role.MCP) {
      return;
    }
    Instant at = exchange.sentAt().plus(exchange.elapsed());
    for (OpenCall call : of(exchange)) {
      call.sign(Call.Sign.HEAD, exchange, at);
      if (response.status() >= 300) {
        end(call, Call.End.REFUSED, at);
      } else if (call.isStream() && (server.everConnected() || !response.isEventStream())) {
        end(call, Call.End.RESULT, at); // A stream may wait for what there is to say.
      }
    }
    if (response.isEventStream() && response.status() < 300) {
      streams.put(
          exchange.id(), new OpenStream(exchange, server, event -> event(event, exchange, server)));
    }
  }

  /** Bytes of an event stream went by. */
  void streamed(Exchange exchange, byte[] bytes) {
    OpenStream stream = streams.get(exchange.id());
    if (stream != null) {
      Instant now = clock.instant();
      of(exchange).forEach(call -> call.sign(Call.Sign.EVENTS, exchange, now));
      for (OpenCall call : stream.isServers() ? calls() : List.<OpenCall>of()) {
        if (call.isElsewhere() && call.server() == stream.server()) {
          call.sign(Call.Sign.EVENTS, call.exchange(), now);
        }
      }
      stream.feed(bytes);
    }
  }

  private void event(SseEvent event, Exchange exchange, McpServer server) {
    byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    of(exchange).stream()
        .filter(OpenCall::isStream)
        .forEach(call -> end(call, Call.End.RESULT, now));
    received(JsonRpc.parse(data), exchange, server, !event.truncated(), now);
  }

  private void received(
      List<JsonRpcMessage> messages,
      Exchange exchange,
      McpServer server,
      boolean whole,
      Instant at) {
    for (JsonRpcMessage message : messages) {
      if (message.isAnswer()) {
        answer(message, exchange, server, whole, at);
      }
    }
  }

  private void answer(
      JsonRpcMessage message, Exchange exchange, McpServer server, boolean whole, Instant at) {
    List<OpenCall> own = of(exchange);
    OpenCall answered = first(own, message);
    if (answered == null && !message.textId() && message.id() == null) {
      // An error that could not be told whose it is, or an id that lay behind what was kept.
      boolean error = message.kind() == Kind.ERROR;
      for (OpenCall call : error || !whole ? own : List.<OpenCall>of()) {
        end(call, error ? Call.End.ERROR : Call.End.UNREAD, message, exchange.id(), at);
      }
    } else if (answered == null) {
      answered = elsewhere(message, server);
    }
    if (answered != null) {
      Call.End end = message.kind() == Kind.ERROR ? Call.End.ERROR : Call.End.RESULT;
      end(answered, end, message, exchange.id(), at);
    } else {
      own.forEach(call -> call.stranger(message));
    }
  }

  private static @Nullable OpenCall first(List<OpenCall> calls, JsonRpcMessage message) {
    for (OpenCall call : calls) {
      if (call.isAnsweredBy(message)) {
        return call;
      }
    }
    return null;
  }

  /** The call whose answer came with another exchange than its own. */
  private @Nullable OpenCall elsewhere(JsonRpcMessage message, McpServer server) {
    OpenCall found = null;
    for (OpenCall call : calls()) {
      boolean its = call.server() == server && call.isAnsweredBy(message);
      if (its && (found == null || (call.isElsewhere() && !found.isElsewhere()))) {
        found = call;
      }
    }
    return found;
  }

  /** The answer is there as a whole, or the stream ended in good order. */
  void completed(Exchange exchange, McpServer server) {
    ResponseHead response = exchange.response();
    if (response == null || exchange.role() != Role.MCP) {
      return;
    }
    Instant at = exchange.sentAt().plus(exchange.elapsed());
    if (response.isEventStream()) {
      streamEnded(exchange, server, Call.End.STREAM_ENDED, clock.instant());
      return;
    }
    List<OpenCall> own = of(exchange);
    if (own.isEmpty()) {
      return;
    }
    boolean whole = exchange.responseBody().isWhole();
    List<JsonRpcMessage> messages = JsonRpc.parse(exchange.responseBody().bytes());
    received(messages, exchange, server, whole, at);
    for (OpenCall call : of(exchange)) {
      unanswered(call, exchange, at);
    }
  }

  private void unanswered(OpenCall call, Exchange exchange, Instant at) {
    String encoding = exchange.responseHeaders().first("Content-Encoding");
    if (exchange.status() == 202 || exchange.status() == 204) {
      accepted(call, at);
    } else if (!exchange.responseBody().complete()) {
      end(call, Call.End.GIVEN_UP, at);
    } else if (exchange.responseBody().size() == 0) {
      accepted(call, at);
    } else if (call.stranger() != null) {
      end(call, Call.End.OTHER_ID, call.stranger(), exchange.id(), at);
    } else if (encoding != null || !exchange.responseBody().isWhole()) {
      end(call, Call.End.UNREAD, at);
    } else {
      end(call, Call.End.NO_MESSAGE, at);
    }
  }

  private void accepted(OpenCall call, Instant at) {
    call.elsewhere();
    if (!hasStream(call.server())) {
      call.endsAs(Call.End.ACCEPTED, at.plus(Call.PATIENCE));
    }
  }

  /** It ended without a (whole) response. */
  void failed(Exchange exchange, McpServer server) {
    Failure failure = exchange.failure();
    if (failure == null || exchange.role() != Role.MCP) {
      return;
    }
    boolean dropped =
        failure.kind() == Failure.Kind.CANCELLED || failure.kind() == Failure.Kind.TIMEOUT;
    Instant at = exchange.sentAt().plus(exchange.elapsed());
    ResponseHead response = exchange.response();
    if (response != null && response.isEventStream()) {
      streamEnded(exchange, server, dropped ? Call.End.GIVEN_UP : Call.End.STREAM_CUT, at);
      return;
    }
    for (OpenCall call : of(exchange)) {
      Call.End unlucky = response == null ? Call.End.FAILED : Call.End.TRUNCATED;
      end(call, dropped ? Call.End.GIVEN_UP : unlucky, at);
    }
  }

  private void streamEnded(Exchange exchange, McpServer server, Call.End how, Instant at) {
    OpenStream stream = streams.remove(exchange.id());
    boolean resumable = stream != null && stream.isResumable();
    for (OpenCall call : of(exchange)) {
      call.elsewhere();
      if (how == Call.End.GIVEN_UP) {
        end(call, how, at);
      } else if (call.stranger() != null) {
        end(call, Call.End.OTHER_ID, call.stranger(), exchange.id(), at);
      } else {
        call.endsAs(how, at.plus(resumable ? RESUMPTION : LAG));
      }
    }
    boolean last = stream != null && stream.isServers() && !hasStream(server);
    for (OpenCall call : last ? calls() : List.<OpenCall>of()) {
      if (call.server() == server && call.isElsewhere() && call.ending() == null) {
        call.endsAs(Call.End.STREAM_ENDED, at.plus(resumable ? RESUMPTION : LAG));
      }
    }
  }

  /** Whether a stream is open on which the server may send answers to requests that it accepted. */
  private boolean hasStream(McpServer server) {
    for (OpenStream stream : streams.values()) {
      if (stream.server() == server && stream.isServers()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Time passed.
   *
   * @param closing the process ends: what is open now stays so
   */
  void tick(boolean closing) {
    Instant now = clock.instant();
    for (OpenCall call : calls()) {
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

  private static boolean isOverdue(OpenCall call, Instant now) {
    Instant since = call.isQuick() ? call.sentAt() : call.lastSign();
    return !call.isTold() && !since.plus(call.isQuick() ? LONG : VERY_LONG).isAfter(now);
  }

  private void waits(OpenCall call, Instant now, boolean closing) {
    boolean alive = !call.isQuick() && call.lastSign().plus(Call.PATIENCE).isAfter(now);
    if (closing) {
      forget(call);
    }
    if (!call.isTold() && !alive) {
      call.tell();
      sink.ended(call.as(Call.End.OPEN, call.stranger(), 0, now), call.exchange(), call.server());
    }
  }

  private void end(OpenCall call, Call.End end, Instant at) {
    end(call, end, null, 0, at);
  }

  private void end(
      OpenCall call, Call.End end, @Nullable JsonRpcMessage answer, long answeredBy, Instant at) {
    if (forget(call)) {
      sink.ended(call.as(end, answer, answeredBy, at), call.exchange(), call.server());
    }
  }

  private boolean forget(OpenCall call) {
    List<OpenCall> own = open.get(call.exchange().id());
    if (own == null || !own.remove(call)) {
      return false;
    }
    if (own.isEmpty()) {
      open.remove(call.exchange().id());
    }
    return true;
  }

  private List<OpenCall> of(Exchange exchange) {
    List<OpenCall> own = open.get(exchange.id());
    return own == null ? List.of() : new ArrayList<>(own);
  }

  private List<OpenCall> calls() {
    List<OpenCall> all = new ArrayList<>();
    open.values().forEach(all::addAll);
    return all;
  }
}
