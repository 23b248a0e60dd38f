package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of a call that is under way: turns what happens on the wire into its phases, and
 * tells rules and recorder of each once. The call holds the lock and answers for exceptions.
 */
final class CurrentExchange {

  private static final Failure CANCELLED = new Failure(Failure.Kind.CANCELLED, "cancelled", null);

  private final Pipeline pipeline;
  private final ObservedHttpCall call;
  private final ExchangeChain chain;
  private final Ending ending;

  /** Null between two exchanges. */
  private @Nullable Exchange exchange;

  /** As it was when it began. */
  private @Nullable Exchange latest;

  private @Nullable Object fields;
  private boolean onTheWire;
  private long sentNanos;
  private boolean announced;
  private boolean streams;
  private boolean stepsAside;

  CurrentExchange(Pipeline pipeline, ObservedHttpCall call, ExchangeChain chain) {
    this.pipeline = pipeline;
    this.call = call;
    this.chain = chain;
    this.ending = new Ending(pipeline, call);
  }

  /** The exchange once its response head is there, or null. */
  @Nullable Exchange answered() {
    Exchange known = exchange;
    return known == null || known.response() == null ? null : known;
  }

  /** The exchange, or the one before while there is none; null before the first. */
  @Nullable Exchange latest() {
    return latest;
  }

  /** The exchange whose answer is a redirect, or null. */
  @Nullable Exchange redirected() {
    Exchange known = exchange;
    return known != null && known.status() >= 300 && known.status() < 400 ? known : null;
  }

  /** Another one begins. */
  Exchange start(Exchange next) {
    exchange = next;
    latest = next;
    onTheWire = false;
    announced = false;
    streams = false;
    return next;
  }

  void requestBody(Body body) {
    Exchange known = exchange;
    if (known != null) {
      exchange = known.withRequestBody(body);
    }
  }

  /** It leaves; one that is on the wire already led to it. */
  void sending(LeavingHead head) {
    fields = head.fields();
    if (stepsAside) {
      return;
    }
    RequestHead request = head.head();
    Exchange next = exchange;
    if (next != null && onTheWire) {
      ledOn(next);
      next = null;
    }
    if (next == null) {
      next = start(chain.start(request));
      pipeline.opened(call);
    }
    next = next.onTheWire(request, head.headerBytes());
    exchange = next;
    onTheWire = true;
    sentNanos = System.nanoTime();
    if (chain.hostBody().complete()) {
      announce(next);
    }
  }

  /** Whether it is answered by an event stream, which may never end. */
  static boolean isStream(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && response.isEventStream();
  }

  @Nullable Object fields() {
    return fields;
  }

  /** It left earlier than it was told of. */
  void leftAt(long nanos) {
    sentNanos = nanos;
  }

  /** It led to another one that the client sends by itself. */
  private void ledOn(Exchange before) {
    exchange = null;
    if (before.status() == 0) {
      Failure retried = new Failure(Failure.Kind.CLOSED, "retried", null);
      ending.superseded(before.failed(retried, elapsed()));
    } else {
      ending.completed(before);
    }
    chain.follows(before);
  }

  void answered(ResponseHead response) {
    Exchange known = confirmed();
    if (known != null) {
      announce(known);
      known = known.answered(response, elapsed());
      exchange = known;
      pipeline.observations().answered(known);
    }
  }

  /**
   * The exchange, unless a body that could not be read beforehand shows that the call is none of
   * our business.
   */
  private @Nullable Exchange confirmed() {
    Exchange known = exchange;
    if (known == null || announced) {
      return known;
    }
    Role role = diagnosis().recognise(known.request(), known::requestBody);
    if (role == null) {
      stepsAside = true;
      exchange = null;
      pipeline.closed(call);
      return null;
    }
    chain.role(role);
    return exchange = known.withRole(role);
  }

  /** Tells of the request once, as soon as its body is known. */
  private void announce(Exchange known) {
    if (announced) {
      return;
    }
    announced = true;
    pipeline.observations().sent(known);
    if (known.role() == Role.MCP && !known.requestBody().isEmpty()) {
      pipeline.recorder().sent(known, diagnosis().serverUrl(known));
    }
  }

  /** The body of an answered exchange was read ahead of the host. */
  Exchange readAhead(Exchange answered, Body body) {
    return exchange = answered.withResponseBody(body, elapsed());
  }

  /** The body is an event stream, which is taken down now rather than at its end. */
  void streams() {
    streams = true;
  }

  /** A fix answered in the place of the server. */
  void answeredFromMemory(RequestDecision.Answer answer) {
    Exchange known = exchange;
    if (known != null) {
      exchange = null;
      diagnosis().served(known);
      ending.superseded(
          known
              .answered(answer.response(), Duration.ZERO)
              .withResponseBody(Body.of(answer.body()), Duration.ZERO));
    }
  }

  /** The host gets something else: what has not left at all is not told of. */
  void answeredFromElsewhere() {
    Exchange known = exchange;
    if (known != null && known.response() != null) {
      completed(); // It led there.
    } else if (known != null) {
      exchange = null;
      pipeline.closed(call);
    }
  }

  /** Nobody wants more of its answer. */
  void completed() {
    Exchange known = exchange;
    if (known != null) {
      exchange = null;
      ending.completed(known);
    }
  }

  /** Its body is there, as far as it got. */
  void responseBody(Body body, @Nullable Throwable error) {
    Exchange known = exchange;
    if (known != null) {
      known = known.withResponseBody(body, elapsed());
      exchange = null;
      if (error == null) {
        ending.completed(known);
      } else {
        ending.failed(known, Failures.of(error), elapsed(), false);
      }
    }
  }

  /** An event stream ended: in good order, cut, or because the host lost interest. */
  void streamEnded(@Nullable Throwable error, boolean cancelled) {
    Exchange known = exchange;
    if (known == null) {
      return;
    }
    exchange = null;
    known = known.withResponseBody(known.responseBody(), elapsed());
    if (error != null || cancelled) {
      Failure why = error == null ? CANCELLED : Failures.of(error);
      ending.failed(known, why, elapsed(), true);
    } else {
      pipeline.closed(call); // It was taken down when it opened.
      pipeline.observations().completed(known);
      pipeline.wentWell(known, call);
    }
  }

  void failed(Throwable error) {
    Exchange known = confirmed();
    if (known != null) {
      announce(known);
      exchange = null;
      ending.failed(known, Failures.of(error), elapsed(), streams);
    }
  }

  void cancelled() {
    Exchange known = exchange;
    if (known != null) {
      exchange = null;
      ending.failed(known, CANCELLED, elapsed(), streams);
    }
  }

  /** The process ends before it does. */
  void abandonAtExit() {
    Exchange known = exchange;
    ResponseHead response = known == null ? null : known.response();
    if (known == null || (response != null && response.isEventStream())) {
      return; // A stream was taken down when it opened.
    }
    exchange = null;
    ending.atExit(known, elapsed());
  }

  private Duration elapsed() {
    return onTheWire ? Duration.ofNanos(System.nanoTime() - sentNanos) : Duration.ZERO;
  }

  private Diagnosis diagnosis() {
    return pipeline.diagnosis();
  }
}
