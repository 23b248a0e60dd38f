package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.exchange.LoadShedder.Model;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that repeats what went well, while there is more than can be watched: nobody hears of it
 * as long as it goes well, too. With the first sign that it does not, it becomes a call that is
 * watched, from its beginning: no refusal and no failure is missed.
 */
final class UnwatchedCall extends HttpCall {

  private final Pipeline pipeline;
  private final ClientKind client;
  private final RequestHead request;
  private final Supplier<Body> body;
  private final Model model;
  private final long id;
  private final Instant begun;
  private @Nullable LeavingHead sent;
  private long sentNanos;
  private @Nullable ResponseHead response;
  private @Nullable ObservedHttpCall watched;

  /**
   * @param body reads the request's body, which lies in memory: now as well as later
   * @param model what the call repeats
   */
  UnwatchedCall(
      Pipeline pipeline, ClientKind client, RequestHead request, Supplier<Body> body, Model model) {
    this.pipeline = pipeline;
    this.client = client;
    this.request = request;
    this.body = body;
    this.model = model;
    this.id = pipeline.nextId();
    this.begun = pipeline.clock().instant();
  }

  /** From now on it is watched. */
  private HttpCall watched() {
    ObservedHttpCall call = watched;
    if (call == null) {
      pipeline.shedder().wentBadly(model);
      call = pipeline.observed(client, Role.MCP, request, body.get());
      watched = call;
      call.resume(id, begun);
      if (sent != null) {
        call.sent(sent, sentNanos);
      }
      if (response != null) {
        call.answered(response);
      }
    }
    return call;
  }

  @Override
  public RequestDecision beforeSend() {
    return RequestDecision.SEND_AS_IS; // As what it repeats.
  }

  @Override
  public void served(RequestDecision.Answer answer) {}

  @Override
  public BodyTap requestTap() {
    return BodyTap.NONE;
  }

  @Override
  public synchronized void sending(LeavingHead head) {
    if (watched == null && sent == null && model.leftWith(head)) {
      sent = head;
      sentNanos = System.nanoTime();
    } else {
      watched().sending(head);
    }
  }

  @Override
  public synchronized void answered(ResponseHead head) {
    if (watched == null && response == null && goesWell(head)) {
      response = head;
      pipeline.recorder().unwatched();
    } else {
      watched().answered(head);
    }
  }

  private static boolean goesWell(ResponseHead head) {
    String media = head.mediaType();
    return head.isSuccess()
        && (head.status() == 202 || head.isEventStream() || "application/json".equals(media));
  }

  @Override
  public synchronized boolean takesRedirect() {
    return watched != null && watched.takesRedirect();
  }

  @Override
  public synchronized RequestDecision editNext(LeavingHead next) {
    return watched == null ? RequestDecision.SEND_AS_IS : watched.editNext(next);
  }

  @Override
  public synchronized boolean sendsNoCookies() {
    return watched != null && watched.sendsNoCookies();
  }

  @Override
  public synchronized boolean needsBody() {
    return watched != null && watched.needsBody();
  }

  @Override
  public synchronized ResponseDecision decide(@Nullable Body answer) {
    return watched == null ? ResponseDecision.DELIVER_AS_IS : watched.decide(answer);
  }

  @Override
  public synchronized void replaying(ResponseDecision.Replay replay) {
    if (watched != null) {
      watched.replaying(replay);
    }
  }

  @Override
  public synchronized void notReplaying() {
    if (watched != null) {
      watched.notReplaying();
    }
  }

  @Override
  public synchronized void answeredFromElsewhere() {
    if (watched != null) {
      watched.answeredFromElsewhere();
    }
  }

  @Override
  public synchronized BodyTap responseTap() {
    return watched == null ? BodyTap.NONE : watched.responseTap();
  }

  @Override
  public synchronized void failed(Throwable error) {
    watched().failed(error);
  }

  @Override
  public synchronized void cancelled() {
    if (watched != null || response == null) {
      watched().cancelled();
    }
  }

  @Override
  public int bodyLimit() {
    return pipeline.bodyLimit();
  }
}
