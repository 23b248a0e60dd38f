package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.LeavingHead;
import io.github.mcpauth.agent.okhttp.BodySinks;
import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.util.function.UnaryOperator;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request as OkHttp writes it and each response as it arrives, hop by hop. Rewrites a
 * response here, where OkHttp's own authenticator sees it; a replay is left to the call.
 */
final class WireInterceptor implements Interceptor {

  private static final String TO_PROXY = "Proxy-Authorization";

  private final Guard guard;

  WireInterceptor(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    OkHttpCall watched = OkHttpCall.of(chain.call());
    if (watched == null) {
      return chain.proceed(chain.request());
    }
    Request request = leaving(chain, watched);
    Response response = proceed(chain, request, tap(request, watched));
    try {
      return arrived(response, watched);
    } catch (Throwable e) {
      guard.failed("wire", e);
      return response;
    }
  }

  /** The request of this hop, without what must not go along; its head is told. */
  private Request leaving(Chain chain, OkHttpCall watched) {
    OkHttpCall.Attempt attempt = watched.attempt();
    Request request =
        attempt.sent == null
            ? chain.request()
            : ClientCache.asMade(chain.request(), attempt.request);
    HttpCall call = watched.call();
    try {
      if (call.sendsNoCookies() && request.header("Cookie") != null) {
        request = request.newBuilder().removeHeader("Cookie").build();
      }
      Protocol protocol =
          chain.connection() == null ? Protocol.HTTP_1_1 : chain.connection().protocol();
      String toProxy = toProxy(chain);
      Request onward = toProxy == null ? request : with(request, null);
      LeavingHead head = new Leaving(onward, protocol);
      if (call.editNext(head) instanceof RequestDecision.Send send) {
        onward = Heads.hop(onward, send.request(), send.body());
        request = toProxy == null ? onward : with(onward, toProxy);
        head = new Leaving(request, protocol);
      } else if (toProxy != null) {
        head = new Leaving(request, protocol);
      }
      attempt.replay = null;
      call.sending(head);
    } catch (Throwable e) {
      guard.failed("leaving", e);
    }
    return request;
  }

  /**
   * What the request says to the host's own proxy, which takes it off (RFC 9110 §11.7.1), wherever
   * the request goes on to; null where no proxy reads it.
   */
  private static @Nullable String toProxy(Chain chain) {
    Connection connection = chain.connection();
    boolean read =
        connection != null
            && !chain.request().isHttps()
            && connection.route().proxy().type() == Proxy.Type.HTTP;
    return read ? chain.request().header(TO_PROXY) : null;
  }

  private static Request with(Request request, @Nullable String toProxy) {
    Request.Builder builder = request.newBuilder().removeHeader(TO_PROXY);
    return (toProxy == null ? builder : builder.header(TO_PROXY, toProxy)).build();
  }

  /** A request as OkHttp has it; its URL is the call's own, or follows from an answer. */
  private static final class Leaving implements LeavingHead {
    private final Request request;
    private final Protocol protocol;
    private @Nullable RequestHead head;

    Leaving(Request request, Protocol protocol) {
      this.request = request;
      this.protocol = protocol;
    }

    @Override
    public Object fields() {
      return request.headers();
    }

    @Override
    public RequestHead head() {
      RequestHead known = head;
      if (known == null) {
        known = Heads.of(request).withVersion(Heads.name(protocol));
        head = known;
      }
      return known;
    }

    @Override
    public int headerBytes() {
      return Heads.bytes(request.url(), head());
    }
  }

  /** What is to see the request's body, if that could not be read beforehand. */
  private static BodyTap tap(Request request, OkHttpCall watched) {
    RequestBody body = request.body();
    // The host keeps the sink of a duplex body beyond the call, so it must be the real one.
    return body == null || body.isDuplex() ? BodyTap.NONE : watched.attempt().requestTap;
  }

  private static Response proceed(Chain chain, Request request, BodyTap tap) throws IOException {
    if (tap == BodyTap.NONE) {
      return chain.proceed(request);
    }
    BodySinks.tap(new Tapping(tap));
    Throwable failure = null;
    try {
      return chain.proceed(request);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      BodySinks.tap(null);
      over(tap, failure);
    }
  }

  /** No lambda: its first use is on the host's thread. */
  @ForStartUp(row = "callback", saves = 5)
  private record Tapping(BodyTap tap) implements UnaryOperator<Object> {
    @Override
    public Object apply(Object sink) {
      return sink instanceof Sink wire ? new TappedSink(wire, tap) : sink;
    }
  }

  /** Where it was not written as a whole, there is no more to come of it. */
  private static void over(BodyTap tap, @Nullable Throwable failure) {
    try {
      if (failure == null) {
        tap.cancelled();
      } else {
        tap.failed(failure);
      }
    } catch (Throwable ignored) {
      // The host's outcome stands.
    }
  }

  private static Response arrived(Response response, OkHttpCall watched) {
    HttpCall call = watched.call();
    call.answered(Heads.of(response));
    Body body = call.needsBody() ? Bodies.peek(response, call.bodyLimit()) : null;
    ResponseDecision decision = call.decide(body);
    if (watched.attempt().isOwn()) {
      return own(response, decision, watched.attempt());
    }
    if (decision instanceof ResponseDecision.Deliver deliver) {
      return ClientCache.notKept(Heads.response(response, deliver.response()));
    }
    if (decision instanceof ResponseDecision.Answer answer) {
      Response replaced =
          Heads.answer(response.request(), answer.response(), answer.body(), response);
      response.close();
      return ClientCache.notKept(replaced);
    }
    if (decision instanceof ResponseDecision.Replay replay) {
      boolean redirect = response.code() >= 300 && response.code() < 400;
      boolean asItCame = replay.onFailure() instanceof ResponseDecision.DeliverAsIs;
      watched.attempt().replay =
          redirect && asItCame
              ? new ResponseDecision.Replay(
                  replay.request(),
                  replay.body(),
                  new ResponseDecision.Deliver(Heads.of(response)),
                  replay.mayAct(),
                  replay.own())
              : replay;
      // Without it OkHttp does not follow by itself.
      return redirect
          ? ClientCache.notKept(response.newBuilder().removeHeader("Location").build())
          : response;
    }
    return response;
  }

  /**
   * The answer to a request of a fix's own, as one that OkHttp has nothing to do about: it would
   * ask the host's authenticator for a password, follow, or send once more, and give the host what
   * comes of that for the answer to its own request.
   */
  private static Response own(
      Response response, ResponseDecision decision, OkHttpCall.Attempt attempt) {
    attempt.replay = decision instanceof ResponseDecision.Replay replay ? replay : null;
    attempt.answer = decision instanceof ResponseDecision.Answer answer ? answer : null;
    return response.newBuilder().code(HttpURLConnection.HTTP_OK).build();
  }
}
