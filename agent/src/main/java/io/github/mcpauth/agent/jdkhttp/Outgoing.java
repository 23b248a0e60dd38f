package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns decisions on the host's request into the requests that its client is to send. */
final class Outgoing {

  private final HttpCall call;
  private final HttpRequest hostRequest;
  private final Guard guard;

  Outgoing(HttpCall call, HttpRequest hostRequest, Guard guard) {
    this.call = call;
    this.hostRequest = hostRequest;
    this.guard = guard;
  }

  /**
   * The host's own object, unless something has to be changed or seen.
   *
   * @param left of the host's time, where some was spent on waiting; else null
   */
  HttpRequest first(RequestDecision decision, @Nullable Duration left) {
    HttpRequest request = first(decision);
    try {
      return inTime(request, left);
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
    } catch (IllegalArgumentException e) {
      return hostRequest; // A field of what a peer issued that this client does not take.
    } catch (Throwable t) {
      guard.failed("request", t);
      return hostRequest;
    }
  }

  /** What a replay sends, with no more time than the host is still willing to wait. */
  HttpRequest replayed(ResponseDecision.Replay replay, @Nullable Duration left) {
    return inTime(Heads.copy(hostRequest, replay.request(), replay.body()), left);
  }

  private static HttpRequest inTime(HttpRequest request, @Nullable Duration left) {
    return left == null || left.isNegative() || left.isZero()
        ? request
        : HttpRequest.newBuilder(request, (name, value) -> true).timeout(left).build();
  }
}
