package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.jdkhttp.WireHooks.Track;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.HeaderBytes;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a conversation, as its body handler: decides when the response head is there, and
 * applies the host's handler, once, to what the host is to see. A response that is to be replayed
 * never reaches the host's handler, which SDKs write for a single use.
 */
final class Attempt<T> implements BodyHandler<T> {

  private final HttpCall call;
  private final HttpRequest request;
  private final BodyHandler<T> host;
  private final Guard guard;
  private final Track track;
  private final boolean own;
  private volatile ResponseDecision.@Nullable Replay replay;
  private volatile @Nullable ResponseInfo shown;
  private volatile @Nullable ResponseInfo received;
  private volatile byte[] kept = new byte[0];

  /**
   * @param own whether it carries a request of a fix's own, rather than the host's
   */
  Attempt(HttpCall call, HttpRequest request, BodyHandler<T> host, Guard guard, boolean own) {
    this.call = call;
    this.request = request;
    this.host = host;
    this.guard = guard;
    this.track = new Track(call);
    this.own = own;
  }

  boolean isOwn() {
    return own;
  }

  Track track() {
    return track;
  }

  /** What was sent: the host's own object, unless something had to be changed or seen. */
  HttpRequest request() {
    return request;
  }

  /** What is to be sent in the place of this response, or null where the host has it. */
  ResponseDecision.@Nullable Replay replay() {
    return replay;
  }

  /** The head that the host sees in the place of the one received, or null for the same. */
  @Nullable ResponseInfo shown() {
    return shown;
  }

  @Nullable ResponseInfo received() {
    return received;
  }

  /** The body that was collected while a replay was due. */
  byte[] kept() {
    return kept;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    received = info;
    ResponseDecision decision = ResponseDecision.DELIVER_AS_IS;
    boolean waits = false;
    try {
      told(info);
      waits = call.needsBody();
      if (!waits) {
        decision = call.decide(null);
        waits = decision instanceof ResponseDecision.Replay;
      }
    } catch (Throwable t) {
      guard.failed("apply", t);
      waits = false;
      decision = ResponseDecision.DELIVER_AS_IS;
    }
    if (decision instanceof ResponseDecision.Replay due && Heads.of(info).isEventStream()) {
      replayInstead(due, new byte[0]); // A stream may never end: only its head was needed.
      return new CancellingSubscriber<>();
    }
    if (waits) {
      ResponseDecision known = decision instanceof ResponseDecision.Replay ? decision : null;
      return new WaitingSubscriber<>(this, info, known, call.bodyLimit());
    }
    if (decision instanceof ResponseDecision.Answer answer) {
      return new AnsweringSubscriber<>(subscriber(info, answer), answer.body());
    }
    return subscriber(info, decision);
  }

  /** The host's subscriber for the response as it is to see it; its exceptions are its own. */
  BodySubscriber<T> subscriber(ResponseInfo info, ResponseDecision decision) {
    if (decision instanceof ResponseDecision.Answer answer) {
      return host.apply(show(answer.response(), info));
    }
    ResponseInfo seen =
        decision instanceof ResponseDecision.Deliver deliver
            ? show(deliver.response(), info)
            : info;
    BodySubscriber<T> taker = host.apply(seen);
    // Without one the client fails, in its own words.
    BodyTap tap = taker == null ? BodyTap.NONE : call.responseTap();
    return tap == BodyTap.NONE ? taker : new TappedSubscriber<>(taker, tap);
  }

  private ResponseInfo show(ResponseHead head, ResponseInfo otherwise) {
    try {
      ResponseInfo info = Heads.info(head);
      shown = info;
      return info;
    } catch (Throwable t) {
      guard.failed("show", t);
      return otherwise;
    }
  }

  /** The whole body is there, or as much of it as is kept: what now? */
  ResponseDecision decide(byte[] bytes, long size, boolean complete) {
    try {
      return call.decide(new Body(bytes, size, complete));
    } catch (Throwable t) {
      guard.failed("decide", t);
      return ResponseDecision.DELIVER_AS_IS;
    }
  }

  void replayInstead(ResponseDecision.Replay decision, byte[] body) {
    kept = body;
    replay = decision;
  }

  /** Where a future JDK no longer calls the hooks of the wire, the call still hears of both. */
  private void told(ResponseInfo info) {
    if (!track.sent) {
      RequestHead head = Heads.of(request);
      call.sending(head, HeaderBytes.http1(head.method(), head.url(), head.headers()));
    }
    if (!track.answered) {
      call.answered(Heads.of(info));
    }
  }
}
