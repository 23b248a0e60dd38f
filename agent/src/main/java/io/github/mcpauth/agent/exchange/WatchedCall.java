package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.diagnosis.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that belongs to MCP or to its OAuth legs: keeps the exchange that is under way and tells
 * rules and recorder of each phase.
 */
final class WatchedCall extends Call {

  private final Pipeline pipeline;
  private final Succession succession;
  private final Ending ending;

  /** The exchange under way, or null between two of them. */
  private @Nullable Exchange current;

  private boolean onTheWire;
  private long sentNanos;
  private boolean announced;
  private boolean withoutCookies;
  private boolean streams;
  private boolean stepsAside;

  WatchedCall(Pipeline pipeline, ClientKind client, Role role, RequestHead request, Body body) {
    this.pipeline = pipeline;
    this.succession = new Succession(pipeline, client, role, request, body);
    this.ending = new Ending(pipeline);
  }

  @Override
  public synchronized RequestDecision beforeSend() {
    try {
      Exchange exchange = started(succession.first());
      RequestDecision decision = diagnosis().beforeSend(exchange);
      if (decision instanceof RequestDecision.Answer answer) {
        Exchange answered = exchange.answered(answer.response(), Duration.ZERO);
        over();
        ending.superseded(answered.withResponseBody(Body.of(answer.body()), Duration.ZERO));
      } else if (decision instanceof RequestDecision.Send send && send.body() != null) {
        succession.sends(send.body());
        current = exchange.withRequestBody(Body.of(send.body()));
      }
      return decision;
    } catch (Throwable e) {
      pipeline.guard().failed("beforeSend", e);
      return RequestDecision.SEND_AS_IS;
    }
  }

  @Override
  public synchronized BodyTap requestTap() {
    return succession.hostBody().complete()
        ? BodyTap.NONE
        : new KeepingTap(pipeline.bodyLimit(), pipeline.guard(), this::requestBody);
  }

  private synchronized void requestBody(Body body, @Nullable Throwable error) {
    succession.hostBody(body);
    Exchange exchange = current;
    if (exchange != null) {
      current = exchange.withRequestBody(body);
    }
  }

  @Override
  public synchronized void sending(RequestHead request, int headerBytes) {
    if (stepsAside) {
      return;
    }
    try {
      Exchange before = current;
      if (before != null && onTheWire) {
        leadsTo(before);
        before = null;
      }
      Exchange exchange = before == null ? started(succession.start(request)) : before;
      current = exchange.onTheWire(request, headerBytes);
      onTheWire = true;
      sentNanos = System.nanoTime();
      if (succession.hostBody().complete()) {
        announce();
      }
    } catch (Throwable e) {
      pipeline.guard().failed("sending", e);
    }
  }

  @Override
  public synchronized boolean takesRedirect() {
    Exchange exchange = current;
    try {
      return exchange != null
          && exchange.status() >= 300
          && exchange.status() < 400
          && diagnosis().takesRedirect(exchange);
    } catch (Throwable e) {
      pipeline.guard().failed("redirect", e);
      return false;
    }
  }

  @Override
  public synchronized RequestDecision hop(RequestHead request) {
    Exchange exchange = current;
    try {
      return exchange != null && exchange.status() >= 300 && exchange.status() < 400
          ? diagnosis().hop(exchange, request)
          : RequestDecision.SEND_AS_IS;
    } catch (Throwable e) {
      pipeline.guard().failed("hop", e);
      return RequestDecision.SEND_AS_IS;
    }
  }

  @Override
  public synchronized boolean takesCookies() {
    return !withoutCookies;
  }

  /** The exchange under way ended by leading to another one that the client sends by itself. */
  private void leadsTo(Exchange before) {
    over();
    if (before.status() == 0) {
      Failure retried = new Failure(Failure.Kind.CLOSED, "retried", null);
      ending.superseded(before.failed(retried, elapsed()));
    } else {
      ending.completed(before);
    }
    succession.follows(before);
  }

  private Exchange started(Exchange exchange) {
    current = exchange;
    onTheWire = false;
    announced = false;
    streams = false;
    return exchange;
  }

  /** Tells of the request once, as soon as its body is known. */
  private void announce() {
    Exchange exchange = current;
    if (exchange == null || announced) {
      return;
    }
    announced = true;
    diagnosis().sent(exchange);
    if (exchange.role() == Role.MCP && !exchange.requestBody().isEmpty()) {
      pipeline.recorder().sent(exchange, diagnosis().serverUrl(exchange));
    }
  }

  @Override
  public synchronized void answered(ResponseHead response) {
    Exchange exchange = current;
    if (exchange == null || stepsAside) {
      return;
    }
    try {
      if (!bodyConfirmsRole(exchange)) {
        return;
      }
      announce();
      Exchange answered = (current == null ? exchange : current).answered(response, elapsed());
      current = answered;
      diagnosis().answered(answered);
    } catch (Throwable e) {
      pipeline.guard().failed("answered", e);
    }
  }

  /** A body that could not be read beforehand may show that the call is none of our business. */
  private boolean bodyConfirmsRole(Exchange exchange) {
    if (announced) {
      return true;
    }
    Role known = diagnosis().recognise(exchange.request(), exchange::requestBody);
    if (known == null) {
      stepsAside = true;
      over();
      return false;
    }
    succession.role(known);
    current = exchange.withRole(known);
    return true;
  }

  @Override
  public synchronized boolean needsBody() {
    Exchange exchange = current;
    ResponseHead response = exchange == null ? null : exchange.response();
    if (exchange == null || response == null || response.isEventStream()) {
      return false;
    }
    try {
      return diagnosis().needsBody(exchange);
    } catch (Throwable e) {
      pipeline.guard().failed("needsBody", e);
      return false;
    }
  }

  @Override
  public synchronized ResponseDecision decide(@Nullable Body body) {
    Exchange exchange = current;
    if (exchange == null || exchange.response() == null) {
      return ResponseDecision.DELIVER_AS_IS;
    }
    try {
      if (body != null) {
        exchange = exchange.withResponseBody(body, elapsed());
        current = exchange;
      }
      ResponseDecision decision = diagnosis().decide(exchange);
      if (decision instanceof ResponseDecision.Answer) {
        over();
        ending.completed(exchange);
      }
      if (decision instanceof ResponseDecision.Replay replay) {
        withoutCookies = cookies(exchange.request()) && !cookies(replay.request());
        return succession.sendable(replay);
      }
      return decision;
    } catch (Throwable e) {
      pipeline.guard().failed("decide", e);
      return ResponseDecision.DELIVER_AS_IS;
    }
  }

  private static boolean cookies(RequestHead request) {
    return request.headers().has("Cookie");
  }

  @Override
  public synchronized void replaying(ResponseDecision.Replay replay) {
    Exchange exchange = current;
    try {
      if (exchange != null) {
        succession.replays(exchange, replay);
        over();
        ending.completed(exchange);
      }
    } catch (Throwable e) {
      pipeline.guard().failed("replaying", e);
    }
  }

  @Override
  public synchronized BodyTap responseTap() {
    Exchange exchange = current;
    ResponseHead response = exchange == null ? null : exchange.response();
    if (exchange == null || response == null) {
      return BodyTap.NONE;
    }
    try {
      if (response.isEventStream()) {
        streams = true;
        return new StreamTap(exchange, pipeline, this::streamEnded);
      }
      return new KeepingTap(pipeline.bodyLimit(), pipeline.guard(), this::responseBody);
    } catch (Throwable e) {
      pipeline.guard().failed("responseTap", e);
      return BodyTap.NONE;
    }
  }

  private synchronized void responseBody(Body body, @Nullable Throwable error) {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    exchange = exchange.withResponseBody(body, elapsed());
    over();
    if (error == null) {
      ending.completed(exchange);
    } else {
      ending.failed(exchange, Failures.of(error), elapsed(), false);
    }
  }

  private synchronized void streamEnded() {
    Exchange exchange = current;
    if (exchange != null) {
      over();
      diagnosis().completed(exchange);
    }
  }

  @Override
  public synchronized void failed(Throwable error) {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    try {
      if (bodyConfirmsRole(exchange)) {
        announce();
        Exchange failed = current == null ? exchange : current;
        over();
        ending.failed(failed, Failures.of(error), elapsed(), streams);
      }
    } catch (Throwable e) {
      pipeline.guard().failed("failed", e);
    }
  }

  @Override
  public synchronized void cancelled() {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    try {
      over();
      Failure cancelled = new Failure(Failure.Kind.CANCELLED, "cancelled", null);
      ending.failed(exchange, cancelled, elapsed(), streams);
    } catch (Throwable e) {
      pipeline.guard().failed("cancelled", e);
    }
  }

  /** The process ends before this call did. */
  synchronized void abandonAtExit() {
    Exchange exchange = current;
    ResponseHead response = exchange == null ? null : exchange.response();
    if (exchange == null || (response != null && response.isEventStream())) {
      return; // A stream was taken down when it opened.
    }
    over();
    ending.atExit(exchange, elapsed());
  }

  private void over() {
    current = null;
    pipeline.closed(this);
  }

  private Duration elapsed() {
    return onTheWire ? Duration.ofNanos(System.nanoTime() - sentNanos) : Duration.ZERO;
  }

  private Diagnosis diagnosis() {
    return pipeline.diagnosis();
  }

  @Override
  public int bodyLimit() {
    return pipeline.bodyLimit();
  }
}
