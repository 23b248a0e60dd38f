package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.diagnosis.Diagnosis;
import io.github.mcpauth.rules.exchange.Cause;
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
  private final ClientKind client;
  private Role role;
  private final RequestHead hostRequest;
  private final boolean bodyPassesBy;
  private Body hostBody;

  /** The exchange under way, or null between two of them. */
  private @Nullable Exchange current;

  private boolean onTheWire;
  private long sentNanos;
  private @Nullable Exchange predecessor;
  private @Nullable Cause nextCause;
  private @Nullable Body nextBody;
  private boolean announced;
  private boolean withoutCookies;
  private boolean streams;
  private boolean stepsAside;

  WatchedCall(Pipeline pipeline, ClientKind client, Role role, RequestHead request, Body body) {
    this.pipeline = pipeline;
    this.client = client;
    this.role = role;
    this.hostRequest = request;
    this.hostBody = body;
    this.bodyPassesBy = !body.complete();
  }

  @Override
  public synchronized RequestDecision beforeSend() {
    try {
      Exchange exchange = start(hostRequest);
      RequestDecision decision = diagnosis().beforeSend(exchange);
      if (decision instanceof RequestDecision.Answer answer) {
        current = exchange.answered(answer.response(), Duration.ZERO);
        finish(current.withResponseBody(Body.of(answer.body()), Duration.ZERO), false);
      } else if (decision instanceof RequestDecision.Send send && send.body() != null) {
        nextBody = Body.of(send.body());
        current = exchange.withRequestBody(nextBody);
      }
      return decision;
    } catch (Throwable e) {
      pipeline.guard().failed("beforeSend", e);
      return RequestDecision.SEND_AS_IS;
    }
  }

  @Override
  public synchronized BodyTap requestTap() {
    return hostBody.complete()
        ? BodyTap.NONE
        : new KeepingTap(pipeline.bodyLimit(), pipeline.guard(), this::requestBody);
  }

  private synchronized void requestBody(Body body, @Nullable Throwable error) {
    hostBody = body;
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
      Exchange exchange = before == null ? start(request) : before;
      current = exchange.onTheWire(request, headerBytes);
      onTheWire = true;
      sentNanos = System.nanoTime();
      if (hostBody.complete()) {
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
    int status = before.status();
    if (status == 0) {
      nextCause = Cause.RETRY;
      finish(before.failed(new Failure(Failure.Kind.CLOSED, "retried", null), elapsed()), false);
    } else {
      nextCause =
          status == 401 || status == 407
              ? Cause.AUTHENTICATE
              : status >= 300 && status < 400 ? Cause.REDIRECT : Cause.RETRY;
      finish(before, true);
    }
    predecessor = before;
  }

  /** A replay may go to another kind of document than the request it follows. */
  private Role roleOf(RequestHead request) {
    if (nextCause != Cause.AUTOFIX) {
      return role;
    }
    Role known = diagnosis().recognise(request, () -> Body.NONE);
    return known == null ? role : known;
  }

  private Exchange start(RequestHead request) {
    Body body = nextBody == null ? hostBody : nextBody;
    boolean carriesBody = request.method().equals(hostRequest.method()) || nextBody != null;
    Exchange exchange =
        Exchange.sending(
            pipeline.nextId(),
            client,
            roleOf(request),
            request,
            carriesBody ? body : Body.NONE,
            pipeline.clock().instant());
    Exchange parent = predecessor;
    Cause cause = nextCause;
    if (parent != null && cause != null) {
      exchange = exchange.causedBy(parent.id(), cause);
    }
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
      current = null;
      pipeline.closed(this);
      return false;
    }
    role = known;
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
        finish(exchange, true);
      }
      return decision instanceof ResponseDecision.Replay replay ? sendable(replay) : decision;
    } catch (Throwable e) {
      pipeline.guard().failed("decide", e);
      return ResponseDecision.DELIVER_AS_IS;
    }
  }

  /** A body that only passed by may be gone from the host's side: what was kept of it is sent. */
  private ResponseDecision.Replay sendable(ResponseDecision.Replay replay) {
    Exchange exchange = current;
    withoutCookies =
        exchange != null
            && exchange.request().headers().has("Cookie")
            && !replay.request().headers().has("Cookie");
    boolean same = replay.request().method().equals(hostRequest.method());
    boolean kept = bodyPassesBy && same && replay.body() == null && hostBody.isWhole();
    return new ResponseDecision.Replay(
        ClientHeaders.without(replay.request(), hostRequest),
        kept && !hostBody.isEmpty() ? hostBody.bytes() : replay.body(),
        replay.onFailure());
  }

  @Override
  public synchronized void replaying(ResponseDecision.Replay replay) {
    Exchange exchange = current;
    try {
      if (exchange != null) {
        predecessor = exchange;
        nextCause = Cause.AUTOFIX;
        nextBody = replay.body() == null ? null : Body.of(replay.body());
        finish(exchange, true);
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
    if (error == null) {
      finish(exchange, true);
    } else {
      fail(exchange, error);
    }
  }

  private synchronized void streamEnded() {
    Exchange exchange = current;
    if (exchange != null) {
      current = null;
      pipeline.closed(this);
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
        fail(current == null ? exchange : current, error);
      }
    } catch (Throwable e) {
      pipeline.guard().failed("failed", e);
    }
  }

  private void fail(Exchange exchange, Throwable error) {
    Exchange failed = exchange.failed(Failures.of(error), elapsed());
    current = null;
    pipeline.closed(this);
    diagnosis().failed(failed);
    record(failed);
  }

  /** Takes an exchange down; a stream was when it opened. */
  private void record(Exchange exchange) {
    if (!streams) {
      pipeline.recorder().exchange(exchange, diagnosis().serverUrl(exchange));
    }
  }

  @Override
  public synchronized void cancelled() {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    try {
      Failure cancelled = new Failure(Failure.Kind.CANCELLED, "cancelled", null);
      Exchange ended = exchange.failed(cancelled, elapsed());
      current = null;
      pipeline.closed(this);
      diagnosis().failed(ended);
      record(ended);
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
    if (response == null) {
      exchange = exchange.failed(new Failure(Failure.Kind.OTHER, "unfinished", null), elapsed());
    }
    boolean tells = response != null && headTells(exchange.role(), response.status());
    Body unread = new Body(new byte[0], 0, false);
    finish(tells ? exchange.withResponseBody(unread, elapsed()) : exchange, tells);
  }

  /** Whether a host may have given up on an answer's head, which says enough without its body. */
  private static boolean headTells(Role role, int status) {
    boolean mcp = role == Role.MCP;
    return status >= 500
        || (mcp && status >= 300 && status < 400)
        || (mcp && (status == 401 || status == 404 || status == 405));
  }

  /** Takes an exchange down; the rules learn that it completed unless it did not. */
  private void finish(Exchange exchange, boolean completed) {
    current = null;
    pipeline.closed(this);
    if (completed) {
      diagnosis().completed(exchange);
    }
    pipeline.recorder().exchange(exchange, diagnosis().serverUrl(exchange));
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
