package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.okhttp.CallOpener;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds a call of the host that may be MCP or OAuth: opens it, carries out replays, puts a tap
 * on the body that the host reads. Every other call passes untouched.
 */
final class OuterInterceptor implements Interceptor {

  private static final int MOST_REPLAYS = 12;
  private static final int LOOKS_EVERY_MS = 50;

  private final CallOpener calls;
  private final Guard guard;

  OuterInterceptor(CallOpener calls, Guard guard) {
    this.calls = calls;
    this.guard = guard;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Call call = mayMatter(request) ? begin(request) : null;
    if (call == null) {
      return chain.proceed(request);
    }
    Watched outer = Watched.CURRENT.get();
    Watched watched = new Watched(chain.call(), call);
    Watched.CURRENT.set(watched);
    try {
      return exchange(chain, watched);
    } catch (IOException | RuntimeException | Error e) {
      if (chain.call().isCanceled()) {
        call.cancelled();
      } else {
        call.failed(e);
      }
      throw e;
    } finally {
      Watched.CURRENT.set(outer);
    }
  }

  /** A cheap test of the head; in doubt it may. */
  private boolean mayMatter(Request request) {
    if (!guard.open() || request.header("Sec-WebSocket-Key") != null) {
      return false;
    }
    String accept = request.header("Accept");
    if (!request.method().equals("GET")) {
      return isMarked(request, accept) || !calls.passesBy(request.url().toString());
    }
    String path = request.url().encodedPath();
    String query = request.url().encodedQuery();
    return isMarked(request, accept)
        || path.contains("/.well-known/")
        || path.contains("jwks")
        || (query != null && query.contains("response_type="))
        || calls.awaits(request.url().uri());
  }

  /** Whether the head speaks for MCP; without it, the body may. */
  private static boolean isMarked(Request request, @Nullable String accept) {
    return (accept != null && accept.contains("event-stream"))
        || request.header("Mcp-Session-Id") != null
        || request.header("MCP-Protocol-Version") != null
        || request.header("Mcp-Method") != null;
  }

  private @Nullable Call begin(Request request) {
    try {
      RequestHead head = Heads.of(request);
      RequestBody body = request.body();
      MediaType type = body == null ? null : body.contentType();
      if (type != null && !head.headers().has("Content-Type")) {
        head = head.withHeaders(head.headers().plus("Content-Type", type.toString()));
      }
      return calls.begin(head, new Peeked(request));
    } catch (Throwable e) {
      guard.failed("begin", e);
      return null;
    }
  }

  /** The body of a request, read where it is asked for. */
  private record Peeked(Request request) implements Supplier<Body> {
    @Override
    public Body get() {
      return Bodies.peek(request);
    }
  }

  private Response exchange(Chain chain, Watched watched) throws IOException {
    RequestDecision decision = settled(watched.call.beforeSend(), chain);
    if (decision instanceof RequestDecision.Answer answer) {
      return Heads.answer(chain.request(), answer.response(), answer.body(), null);
    }
    Response response = chain.proceed(request(chain.request(), decision, watched.call));
    for (int i = 0; watched.replay != null && i < MOST_REPLAYS; i++) {
      Response next = replay(chain, watched, response);
      if (next == null) {
        break;
      }
      response = next;
    }
    return tapped(response, watched);
  }

  /** What another request decides, waited for on the host's thread as for any answer. */
  private static RequestDecision settled(RequestDecision decision, Chain chain) {
    if (!(decision instanceof RequestDecision.Wait wait)) {
      return decision;
    }
    int timeout = chain.readTimeoutMillis();
    long start = System.nanoTime();
    long longest = TimeUnit.MILLISECONDS.toNanos(timeout <= 0 ? 30_000 : timeout);
    // Nobody wakes this thread when the host cancels the call, or its time is over.
    while (!chain.call().isCanceled() && System.nanoTime() - start < longest) {
      try {
        return wait.decision().get(LOOKS_EVERY_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return RequestDecision.SEND_AS_IS;
      } catch (ExecutionException e) {
        return RequestDecision.SEND_AS_IS;
      } catch (TimeoutException e) {
        continue;
      }
    }
    return RequestDecision.SEND_AS_IS; // The client throws, where the call was cancelled.
  }

  private Request request(Request host, RequestDecision decision, Call call) {
    Request request = host;
    try {
      byte[] changed = null;
      if (decision instanceof RequestDecision.Send send) {
        changed = send.body();
        request = Heads.request(host, send.request(), changed);
      }
      RequestBody body = request.body();
      BodyTap tap = call.requestTap();
      return body == null || changed != null || tap == BodyTap.NONE
          ? request
          : request.newBuilder().method(request.method(), new TappedRequestBody(body, tap)).build();
    } catch (Throwable e) {
      guard.failed("request", e);
      return request;
    }
  }

  /** Sends what a fix wants sent; null where that cannot be done, so that the response stands. */
  private @Nullable Response replay(Chain chain, Watched watched, Response response)
      throws IOException {
    ResponseDecision.Replay replay = watched.replay;
    watched.replay = null;
    Request request;
    Body first;
    try {
      boolean stream = Heads.of(response).isEventStream(); // It may never end.
      first =
          replay == null
              ? null
              : stream ? Body.NONE : Bodies.peek(response, watched.call.bodyLimit());
      if (replay == null || first == null || !first.isWhole()) {
        return null;
      }
      request = Heads.request(chain.request(), replay.request(), replay.body());
      watched.call.replaying(replay);
    } catch (Throwable e) {
      guard.failed("replay", e);
      return null;
    }
    response.close();
    try {
      return chain.proceed(request);
    } catch (IOException e) {
      if (chain.call().isCanceled()) {
        throw e;
      }
      watched.call.failed(e);
      return firstAnswer(response, first, replay.onFailure());
    }
  }

  private static Response firstAnswer(Response response, Body body, ResponseDecision decision) {
    if (decision instanceof ResponseDecision.Answer answer) {
      return Heads.answer(response.request(), answer.response(), answer.body(), response);
    }
    var head =
        decision instanceof ResponseDecision.Deliver deliver
            ? deliver.response()
            : Heads.of(response);
    return Heads.answer(response.request(), head, body.bytes(), response);
  }

  private Response tapped(Response response, Watched watched) {
    try {
      ResponseBody body = response.body();
      BodyTap tap = watched.call.responseTap();
      return body == null || tap == BodyTap.NONE
          ? response
          : response.newBuilder().body(new TappedResponseBody(body, tap, watched.hostCall)).build();
    } catch (Throwable e) {
      guard.failed("tap", e);
      return response;
    }
  }
}
