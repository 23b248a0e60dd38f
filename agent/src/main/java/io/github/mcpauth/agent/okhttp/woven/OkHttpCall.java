package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.HttpClientCall;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A call of OkHttp, which is carried out on one thread: the call interceptor's, on which the client
 * runs the wire interceptor as well.
 */
final class OkHttpCall implements HttpClientCall<OkHttpCall.Attempt, Response> {

  private static final ThreadLocal<@Nullable OkHttpCall> CURRENT = new ThreadLocal<>();

  /** One request, with what the wire interceptor learns of its response. */
  static final class Attempt {
    final Request request;

    /** The tap for the request's body, {@link BodyTap#NONE} where it is known. */
    final BodyTap requestTap;

    /** What a fix sends, or null where it is the host's first request. */
    final ResponseDecision.@Nullable Replay sent;

    ResponseDecision.@Nullable Replay replay;

    /** What the host gets where the answer came to a request of a fix's own. */
    ResponseDecision.@Nullable Answer answer;

    /** The start of the response's body, or all of it, once a replay gave the response up. */
    @Nullable Body kept;

    Attempt(Request request, BodyTap requestTap, ResponseDecision.@Nullable Replay sent) {
      this.request = request;
      this.requestTap = requestTap;
      this.sent = sent;
    }

    /** Whether it carries a request of a fix's own, rather than the host's. */
    boolean isOwn() {
      return sent != null && sent.own();
    }
  }

  private final Interceptor.Chain chain;
  private final HttpCall call;
  private final Guard guard;
  private Attempt attempt;

  /** The latest attempt that carried the host's request, and its response, once given up. */
  private @Nullable Attempt hosts;

  private @Nullable Response hostsResponse;

  OkHttpCall(Interceptor.Chain chain, HttpCall call, Guard guard) {
    this.chain = chain;
    this.call = call;
    this.guard = guard;
    this.attempt = new Attempt(chain.request(), BodyTap.NONE, null);
  }

  /** The call that is under way on this thread, null where it is not watched. */
  static @Nullable OkHttpCall of(Call hostCall) {
    OkHttpCall current = CURRENT.get();
    // Another client may be at work on this thread, from an Authenticator for example.
    return current != null && current.chain.call() == hostCall ? current : null;
  }

  /** It is under way on this thread from now on; returns the one that was before. */
  @Nullable OkHttpCall enter() {
    OkHttpCall outer = CURRENT.get();
    CURRENT.set(this);
    return outer;
  }

  static void leave(@Nullable OkHttpCall outer) {
    CURRENT.set(outer);
  }

  HttpCall call() {
    return call;
  }

  /** The attempt under way. */
  Attempt attempt() {
    return attempt;
  }

  @Override
  public @Nullable Duration timeout() {
    long whole = chain.call().timeout().timeoutNanos();
    if (whole > 0) {
      return Duration.ofNanos(whole);
    }
    int read = chain.readTimeoutMillis();
    return read > 0 ? Duration.ofMillis(read) : null;
  }

  @Override
  public boolean isCancelled() {
    return chain.call().isCanceled();
  }

  @Override
  public Attempt first(RequestDecision decision, @Nullable Duration left) {
    Request host = chain.request();
    try {
      if (decision instanceof RequestDecision.Send send) {
        Request changed = Heads.request(host, send.request(), send.body());
        return new Attempt(changed, send.body() == null ? call.requestTap() : BodyTap.NONE, null);
      }
      return new Attempt(host, call.requestTap(), null);
    } catch (IllegalArgumentException e) {
      return new Attempt(host, call.requestTap(), null); // As for a replay.
    } catch (Throwable e) {
      guard.failed("request", e);
      return new Attempt(host, BodyTap.NONE, null);
    }
  }

  /** What is left of the host's time is the client's own to watch. */
  @Override
  public @Nullable Attempt replay(
      Attempt before, Response response, ResponseDecision.Replay replay, @Nullable Duration left) {
    try {
      boolean stream = Heads.of(response).isEventStream(); // It may never end.
      Body first = stream ? Body.NONE : Bodies.peek(response, call.bodyLimit());
      if (!first.isWhole()) {
        return null;
      }
      Request request = Heads.request(chain.request(), replay.request(), replay.body());
      before.kept = first;
      response.close();
      if (!before.isOwn()) {
        hosts = before;
        hostsResponse = response;
      }
      return new Attempt(request, BodyTap.NONE, replay);
    } catch (IllegalArgumentException e) {
      return null; // A URL, or a field of what a peer issued, that this client does not take.
    }
  }

  @Override
  public Response send(Attempt next) throws IOException {
    attempt = next;
    if (next.sent == null) {
      return chain.proceed(next.request);
    }
    Response response = chain.proceed(ClientCache.passedBy(next.request));
    Request asked = ClientCache.asMade(response.request(), next.request);
    return response.newBuilder().request(asked).build();
  }

  /** The client itself calls us on a thread of its own for that. */
  @Override
  public CompletableFuture<Response> sendAsync(Attempt next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ResponseDecision.@Nullable Replay replayDue(Attempt ended) {
    return ended.replay;
  }

  @Override
  public CompletionStage<Response> firstAnswer(
      Attempt ended, Response response, ResponseDecision decision) {
    return CompletableFuture.completedStage(
        ended.isOwn() ? ofHosts(response, decision) : first(ended.kept, response, decision));
  }

  /** What the host gets after a request of a fix's own, as the answer to its own one. */
  private Response ofHosts(Response response, @Nullable ResponseDecision decision) {
    response.close();
    Attempt before = Objects.requireNonNull(hosts);
    Response answered = Objects.requireNonNull(hostsResponse);
    return first(
        before.kept,
        answered,
        decision instanceof ResponseDecision.Answer ? decision : ResponseDecision.DELIVER_AS_IS);
  }

  private Response first(@Nullable Body kept, Response response, ResponseDecision decision) {
    if (decision instanceof ResponseDecision.Answer answer) {
      response.close();
      return Heads.answer(response.request(), answer.response(), answer.body(), response);
    }
    boolean changed = decision instanceof ResponseDecision.Deliver;
    if (kept == null) { // It was not given up.
      Response live =
          changed
              ? Heads.response(response, ((ResponseDecision.Deliver) decision).response())
              : response;
      return tapped(live);
    }
    var head = changed ? ((ResponseDecision.Deliver) decision).response() : Heads.of(response);
    return Heads.answer(response.request(), head, kept.bytes(), response);
  }

  @Override
  public CompletionStage<Response> answer(RequestDecision.Answer answer) {
    return CompletableFuture.completedStage(
        Heads.answer(chain.request(), answer.response(), answer.body(), null));
  }

  @Override
  public Response delivered(Attempt ended, Response response) {
    if (ended.isOwn()) {
      call.answeredFromElsewhere();
      return ofHosts(response, ended.answer);
    }
    if (response.networkResponse() == null) {
      call.answeredFromElsewhere();
      return response;
    }
    return tapped(response);
  }

  private Response tapped(Response response) {
    try {
      ResponseBody body = response.body();
      BodyTap tap = call.responseTap();
      return body == null || tap == BodyTap.NONE
          ? response
          : response.newBuilder().body(new TappedResponseBody(body, tap, chain.call())).build();
    } catch (Throwable e) {
      guard.failed("tap", e);
      return response;
    }
  }
}
