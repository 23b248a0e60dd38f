package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that belongs to MCP or to its OAuth legs: asks the rules for decisions on the exchange
 * that is {@link CurrentExchange}. Whatever goes wrong in here leaves the host's call as it is.
 */
final class ObservedHttpCall extends HttpCall {

  private final Pipeline pipeline;
  private final ExchangeChain chain;
  private final CurrentExchange current;
  private final CallsBytes held;
  private boolean sendsNoCookies;

  /** Whether a fix had, or may have, a part in it. */
  private boolean repaired;

  /** The exchange whose answer a replay is to follow, until it does. */
  private @Nullable Exchange offered;

  ObservedHttpCall(
      Pipeline pipeline, ClientKind client, Role role, RequestHead request, Body body) {
    this.pipeline = pipeline;
    this.chain = new ExchangeChain(pipeline, client, role, request, body);
    this.current = new CurrentExchange(pipeline, this, chain);
    this.held = new CallsBytes(pipeline.held(), body.bytes().length);
  }

  /** What it holds of its bodies, from when it is opened until it is closed. */
  CallsBytes held() {
    return held;
  }

  @Override
  public synchronized RequestDecision beforeSend() {
    try {
      Exchange exchange = current.start(chain.first());
      if (!learn(exchange)) {
        return RequestDecision.SEND_AS_IS;
      }
      RequestDecision decision = diagnosis().beforeSend(exchange);
      repaired = decision != RequestDecision.SEND_AS_IS;
      if (decision instanceof RequestDecision.Send send && send.body() != null) {
        chain.sends(send.body());
        current.requestBody(Body.of(send.body()));
      }
      return decision;
    } catch (Throwable e) {
      pipeline.guard().failed("beforeSend", e);
      return RequestDecision.SEND_AS_IS;
    }
  }

  /**
   * Takes up a call that began unwatched, with this number, in the place of {@link #beforeSend}.
   */
  synchronized void resume(long id, Instant begun) {
    current.start(chain.first(id, begun));
  }

  /** What left while it was unwatched. */
  synchronized void sent(LeavingHead head, long nanos) {
    sending(head);
    current.leftAt(nanos);
  }

  /** The host's request, if no fix had a part in what became of it; else null. */
  @Nullable RequestHead unrepaired() {
    return repaired ? null : chain.hostRequest();
  }

  /** What the client had of the fields that left last, see {@link LeavingHead#fields}. */
  synchronized @Nullable Object fields() {
    return current.fields();
  }

  @Override
  public synchronized void served(RequestDecision.Answer answer) {
    pipeline.guard().run("served", () -> current.answeredFromMemory(answer));
  }

  @Override
  public synchronized BodyTap requestTap() {
    return chain.hostBody().complete()
        ? BodyTap.NONE
        : new KeepingTap(pipeline.bodyLimit(), pipeline.guard(), new KeptBody(this, false), held);
  }

  synchronized void requestBody(Body body) {
    chain.hostBody(body);
    current.requestBody(body);
  }

  @Override
  public synchronized void sending(LeavingHead head) {
    try {
      current.sending(head);
    } catch (Throwable e) {
      pipeline.guard().failed("sending", e);
    }
  }

  @Override
  public synchronized boolean takesRedirect() {
    try {
      Exchange redirect = current.redirected();
      return redirect != null && diagnosis().takesRedirect(redirect);
    } catch (Throwable e) {
      pipeline.guard().failed("redirect", e);
      return false;
    }
  }

  @Override
  public synchronized RequestDecision editNext(LeavingHead head) {
    try {
      Exchange before = current.latest();
      RequestHead next = head.head();
      return before == null ? RequestDecision.SEND_AS_IS : diagnosis().editNext(before, next);
    } catch (Throwable e) {
      pipeline.guard().failed("editNext", e);
      return RequestDecision.SEND_AS_IS;
    }
  }

  @Override
  public synchronized boolean sendsNoCookies() {
    return sendsNoCookies;
  }

  @Override
  public synchronized void answered(ResponseHead response) {
    try {
      current.answered(response);
    } catch (Throwable e) {
      pipeline.guard().failed("answered", e);
    }
  }

  @Override
  public synchronized boolean needsBody() {
    try {
      Exchange exchange = current.answered();
      return exchange != null
          && !CurrentExchange.isStream(exchange)
          && diagnosis().needsBody(exchange);
    } catch (Throwable e) {
      pipeline.guard().failed("needsBody", e);
      return false;
    }
  }

  @Override
  public synchronized ResponseDecision decide(@Nullable Body body) {
    try {
      Exchange exchange = current.answered();
      if (exchange == null) {
        return ResponseDecision.DELIVER_AS_IS;
      }
      if (body != null) {
        exchange = current.readAhead(exchange, body);
      }
      if (!learn(exchange)) {
        return ResponseDecision.DELIVER_AS_IS;
      }
      ResponseDecision decision = diagnosis().decide(exchange);
      repaired |= decision != ResponseDecision.DELIVER_AS_IS;
      if (decision instanceof ResponseDecision.Answer) {
        current.completed();
      }
      if (decision instanceof ResponseDecision.Replay replay) {
        offered = exchange;
        sendsNoCookies = chain.sendsNoCookies(exchange, replay);
        return chain.sendable(replay);
      }
      return decision;
    } catch (Throwable e) {
      pipeline.guard().failed("decide", e);
      return ResponseDecision.DELIVER_AS_IS;
    }
  }

  @Override
  public synchronized void replaying(ResponseDecision.Replay replay) {
    try {
      Exchange exchange = current.answered();
      offered = null;
      if (exchange != null) {
        chain.replays(exchange, replay);
        current.completed();
      }
    } catch (Throwable e) {
      pipeline.guard().failed("replaying", e);
    }
  }

  @Override
  public synchronized void notReplaying() {
    pipeline.guard().run("notReplaying", this::withdraw);
  }

  @Override
  public synchronized void answeredFromElsewhere() {
    pipeline.guard().run("notReplaying", this::withdraw);
    pipeline.guard().run("answeredFromElsewhere", current::answeredFromElsewhere);
  }

  private void withdraw() {
    Exchange exchange = offered;
    offered = null;
    if (exchange != null) {
      diagnosis().notReplayed(exchange);
    }
  }

  @Override
  public synchronized BodyTap responseTap() {
    try {
      Exchange exchange = current.answered();
      withdraw();
      if (exchange == null) {
        return BodyTap.NONE;
      }
      if (CurrentExchange.isStream(exchange)) {
        current.streams();
        return new StreamTap(exchange, pipeline, new EndedStream(this));
      }
      return new KeepingTap(pipeline.bodyLimit(), pipeline.guard(), new KeptBody(this, true), held);
    } catch (Throwable e) {
      pipeline.guard().failed("responseTap", e);
      return BodyTap.NONE;
    }
  }

  synchronized void responseBody(Body body, @Nullable Throwable error) {
    current.responseBody(body, error);
  }

  synchronized void streamEnded(@Nullable Throwable error, boolean cancelled) {
    current.streamEnded(error, cancelled);
  }

  @Override
  public synchronized void failed(Throwable error) {
    try {
      current.failed(error);
    } catch (Throwable e) {
      pipeline.guard().failed("failed", e);
    }
  }

  @Override
  public synchronized void cancelled() {
    try {
      current.cancelled();
    } catch (Throwable e) {
      pipeline.guard().failed("cancelled", e);
    }
  }

  /** The number of its latest exchange; 0 before the first. */
  synchronized long id() {
    Exchange latest = current.latest();
    return latest == null ? 0 : latest.id();
  }

  /** The process ends before this call did. */
  synchronized void abandonAtExit() {
    current.abandonAtExit();
  }

  /** A fix that is about to decide may quote it: false where it must not. */
  private boolean learn(Exchange exchange) {
    return !diagnosis().repairs() || pipeline.recorder().learn(exchange);
  }

  private Diagnosis diagnosis() {
    return pipeline.diagnosis();
  }

  @Override
  public int bodyLimit() {
    return pipeline.bodyLimit();
  }
}
