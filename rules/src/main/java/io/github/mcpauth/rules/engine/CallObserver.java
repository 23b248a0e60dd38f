package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.JsonRpcMessage.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the JSON-RPC requests of the host through the phases of their exchanges and the events of
 * streams, until their answers came or cannot come any more. Bounded: what is forgotten ends
 * untold. Confined to the lock of the diagnosis.
 */
final class CallObserver {

  /** How long an answer may lag behind the end of its stream. */
  private static final Duration LAG = Duration.ofSeconds(2);

  /** How long a host may take to ask for the rest of a stream. */
  private static final Duration RESUMPTION = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final OpenCalls open = new OpenCalls();
  private final CallEndings endings;
  private final CallAnswers answers;
  private final OpenStreams streams = new OpenStreams();

  CallObserver(InstantSource clock, CallEndings.Sink sink) {
    this.clock = clock;
    this.endings = new CallEndings(open, sink);
    this.answers = new CallAnswers(open, endings);
  }

  void sent(Exchange exchange, McpServer server) {
    Long before = exchange.parentId();
    if (before != null) {
      open.forgetAll(before); // It is repeated by this one.
    }
    if (exchange.role() != Role.MCP || exchange.requestBody().isEmpty()) {
      if (exchange.role() == Role.MCP && exchange.request().method().equals(Call.STREAM)) {
        open.add(OpenCall.ofStream(exchange, server));
      }
      resumes(exchange, server);
      return;
    }
    for (JsonRpcMessage message : JsonRpc.of(exchange.requestBody())) {
      if (message.kind() == Kind.REQUEST) {
        open.add(new OpenCall(message, exchange, server));
      } else if (message.cancels() != null) {
        givenUp(message.cancels(), server, exchange.sentAt());
      }
    }
  }

  /** A new stream may bring what the last one did not. */
  private void resumes(Exchange exchange, McpServer server) {
    if (exchange.request().headers().has("Last-Event-ID")) {
      for (OpenCall call : open.at(server)) {
        if (call.ending() == Call.End.STREAM_ENDED) {
          call.endsNot();
        }
      }
    }
  }

  private void givenUp(String id, McpServer server, Instant at) {
    for (OpenCall call : open.at(server)) {
      if (id.equals(call.request().id())) {
        endings.end(call, Call.End.GIVEN_UP, at);
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
    for (OpenCall call : open.of(exchange)) {
      call.sign(Call.Sign.HEAD, exchange, at);
      if (response.status() >= 300) {
        endings.end(call, Call.End.REFUSED, at);
      } else if (call.isStream()
          && (server.progress().everConnected() || !response.isEventStream())) {
        endings.end(call, Call.End.RESULT, at); // A stream may wait for what there is to say.
      }
    }
    if (response.isEventStream() && response.status() < 300) {
      streams.add(new OpenStream(exchange, server));
    }
  }

  /**
   * A part of an event stream went by.
   *
   * @param sawJson whether a line of it began like JSON
   */
  void streamed(Exchange exchange, boolean sawJson) {
    OpenStream stream = streams.get(exchange.id());
    if (stream != null) {
      Instant now = clock.instant();
      open.of(exchange).forEach(call -> call.sign(Call.Sign.EVENTS, exchange, now));
      for (OpenCall call : stream.isServers() ? open.at(stream.server()) : List.<OpenCall>of()) {
        if (call.isElsewhere()) {
          call.sign(Call.Sign.EVENTS, call.exchange(), now);
        }
      }
      if (sawJson) {
        stream.sawJson();
      }
    }
  }

  /** An event of a stream came. */
  void event(long exchangeId, EventStream.Event event) {
    OpenStream stream = streams.get(exchangeId);
    if (stream == null) {
      return;
    }
    stream.came(event);
    if (event.broken()) {
      return;
    }
    Exchange exchange = stream.exchange();
    Instant now = clock.instant();
    if (event.complaint() != null) {
      complains(new Call.Complaint(event.name(), event.complaint()), stream);
    }
    open.of(exchange).forEach(call -> call.comesAs(event.name()));
    open.of(exchange).stream()
        .filter(OpenCall::isStream)
        .forEach(call -> endings.end(call, Call.End.RESULT, now));
    answers.received(event.messages(), exchange, stream.server(), !event.cut(), now);
  }

  /** An event that is no message may say why no answer will come. */
  private void complains(Call.Complaint complaint, OpenStream stream) {
    open.of(stream.exchange()).forEach(call -> call.complains(complaint));
    for (OpenCall call : stream.isServers() ? open.at(stream.server()) : List.<OpenCall>of()) {
      if (call.isElsewhere()) {
        call.complains(complaint);
      }
    }
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
    List<OpenCall> own = open.of(exchange);
    if (own.isEmpty() && (response.status() >= 300 || exchange.responseBody().isEmpty())) {
      return;
    }
    // There the answer comes on the event stream, and what a body says means nothing.
    boolean older = exchange.request().url().equals(server.postsTo());
    if (own.isEmpty() && older) {
      return;
    }
    if (!older && UnreadableAnswer.is(exchange, own.size())) {
      own.forEach(call -> endings.end(call, Call.End.NO_MESSAGE, at));
      return;
    }
    JsonRpc.Content content = exchange.responseBody().as(JsonRpc.CONTENT);
    boolean whole = exchange.responseBody().isWhole();
    answers.received(content.messages(), exchange, server, whole, at);
    for (OpenCall call : open.of(exchange)) {
      unanswered(call, older, exchange, at);
    }
  }

  private void unanswered(OpenCall call, boolean older, Exchange exchange, Instant at) {
    String encoding = exchange.responseHeaders().first("Content-Encoding");
    if (exchange.status() == 202 || exchange.status() == 204 || older) {
      accepted(call, at);
    } else if (!exchange.responseBody().complete()) {
      endings.end(call, Call.End.GIVEN_UP, at);
    } else if (exchange.responseBody().size() == 0) {
      accepted(call, at);
    } else if (call.stranger() != null) {
      endings.end(call, Call.End.OTHER_ID, call.stranger(), exchange.id(), at);
    } else if (encoding != null || !exchange.responseBody().isWhole()) {
      endings.end(call, Call.End.UNREAD, at);
    } else {
      endings.end(call, Call.End.NO_MESSAGE, at);
    }
  }

  private void accepted(OpenCall call, Instant at) {
    call.elsewhere();
    if (streams.isUnheard(call.server())) {
      open.forget(call);
      return;
    }
    if (!streams.bringsAnswers(call.server())) {
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
    for (OpenCall call : open.of(exchange)) {
      Call.End unlucky = response == null ? Call.End.FAILED : Call.End.TRUNCATED;
      endings.end(call, dropped ? Call.End.GIVEN_UP : unlucky, at);
    }
  }

  /** Nobody will hear what came of it: what it carried ends untold. */
  void lost(Exchange exchange) {
    open.forgetAll(exchange.id());
    OpenStream stream = streams.get(exchange.id());
    if (stream == null || !stream.isServers()) {
      streams.remove(exchange.id());
      return;
    }
    stream.goesUnheard();
    for (OpenCall call : open.at(stream.server())) {
      if (call.isElsewhere()) {
        open.forget(call);
      }
    }
  }

  private void streamEnded(Exchange exchange, McpServer server, Call.End how, Instant at) {
    OpenStream stream = streams.remove(exchange.id());
    boolean resumable = stream != null && stream.isResumable();
    Call.End unreadable = stream == null ? null : stream.unreadable();
    for (OpenCall call : open.of(exchange)) {
      call.elsewhere();
      if (how == Call.End.GIVEN_UP && unreadable != Call.End.BROKEN_EVENT) {
        endings.end(call, how, at);
      } else if (call.stranger() != null) {
        endings.end(call, Call.End.OTHER_ID, call.stranger(), exchange.id(), at);
      } else if (unreadable != null) {
        endings.end(call, unreadable, at);
      } else {
        call.endsAs(how, at.plus(resumable ? RESUMPTION : LAG));
      }
    }
    boolean last = stream != null && stream.isServers() && !streams.bringsAnswers(server);
    for (OpenCall call : last ? open.at(server) : List.<OpenCall>of()) {
      if (call.isElsewhere() && call.ending() == null) {
        call.endsAs(Call.End.STREAM_ENDED, at.plus(resumable ? RESUMPTION : LAG));
      }
    }
  }

  @Nullable Instant nextOf(LongPredicate exchanges) {
    return endings.nextOf(exchanges);
  }

  /** Time passed; {@code closing} where the process ends. */
  void tick(boolean closing) {
    endings.tick(clock.instant(), closing);
  }
}
