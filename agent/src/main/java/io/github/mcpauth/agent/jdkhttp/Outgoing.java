package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns decisions on the host's request into the requests that its client is to send. */
final class Outgoing {

  private final Call call;
  private final HttpRequest hostRequest;
  private final Guard guard;
  private final long startedNanos = System.nanoTime();

  Outgoing(Call call, HttpRequest hostRequest, Guard guard) {
    this.call = call;
    this.hostRequest = hostRequest;
    this.guard = guard;
  }

  /**
   * The host's own object, unless something has to be changed or seen.
   *
   * @param waited for another request: only the rest of the host's time is left
   */
  HttpRequest first(RequestDecision decision, boolean waited) {
    HttpRequest request = first(decision);
    try {
      return waited ? inTime(request) : request;
    } catch (Throwable t) {
      guard.failed("request", t);
      return request;
    }
  }

  private HttpRequest first(RequestDecision decision) {
    try {
      byte[] changed = decision instanceof RequestDecision.Send send ? send.body() : null;
      HttpRequest request =
          decision instanceof RequestDecision.Send send
              ? Heads.copy(hostRequest, send.request(), changed)
              : hostRequest;
      BodyPublisher body = request.bodyPublisher().orElse(null);
      BodyTap tap = call.requestTap();
      if (body == null || changed != null || tap == BodyTap.NONE) {
        return request;
      }
      return HttpRequest.newBuilder(request, (name, value) -> true)
          .method(request.method(), new TappedPublisher(body, tap))
          .build();
    } catch (Throwable t) {
      guard.failed("request", t);
      return hostRequest;
    }
  }

  /**
   * What a replay sends, with no more time than the host is still willing to wait; null where that
   * is over or the request cannot be made.
   */
  @Nullable HttpRequest replayed(ResponseDecision.@Nullable Replay replay) {
    try {
      Duration left = left();
      if (replay == null || (left != null && (left.isNegative() || left.isZero()))) {
        return null;
      }
      HttpRequest copy = Heads.copy(hostRequest, replay.request(), replay.body());
      call.replaying(replay);
      return inTime(copy);
    } catch (Throwable t) {
      guard.failed("replay", t);
      return null;
    }
  }

  /** The request with what is left of the host's time, if it set any and some is left. */
  private HttpRequest inTime(HttpRequest request) {
    Duration left = left();
    return left == null || left.isNegative() || left.isZero()
        ? request
        : HttpRequest.newBuilder(request, (name, value) -> true).timeout(left).build();
  }

  private @Nullable Duration left() {
    Duration timeout = hostRequest.timeout().orElse(null);
    return timeout == null ? null : timeout.minusNanos(System.nanoTime() - startedNanos);
  }
}
