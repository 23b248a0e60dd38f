package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sees each request as OkHttp writes it and each response as it arrives, hop by hop. Rewrites a
 * response here, where OkHttp's own authenticator sees it; a replay is left to the outer one.
 */
final class WireInterceptor implements Interceptor {

  private final Guard guard;

  WireInterceptor(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Watched watched = Watched.of(chain.call());
    if (watched == null) {
      return chain.proceed(chain.request());
    }
    Request request = leaving(chain, watched);
    Response response = chain.proceed(request);
    try {
      return arrived(response, watched);
    } catch (Throwable e) {
      guard.failed("wire", e);
      return response;
    }
  }

  /** The request of this hop, without what must not go along; its head is told. */
  private Request leaving(Chain chain, Watched watched) {
    Request request = chain.request();
    try {
      if (!watched.call.takesCookies() && request.header("Cookie") != null) {
        request = request.newBuilder().removeHeader("Cookie").build();
      }
      Protocol protocol =
          chain.connection() == null ? Protocol.HTTP_1_1 : chain.connection().protocol();
      RequestHead head = Heads.of(request).withVersion(Heads.name(protocol));
      if (watched.call.hop(head) instanceof RequestDecision.Send send) {
        request = Heads.hop(request, send.request(), send.body());
        head = Heads.of(request).withVersion(Heads.name(protocol));
      }
      watched.replay = null;
      watched.call.sending(head, Heads.bytes(request.url(), head));
    } catch (Throwable e) {
      guard.failed("leaving", e);
    }
    return request;
  }

  private static Response arrived(Response response, Watched watched) throws IOException {
    watched.call.answered(Heads.of(response));
    Body body = watched.call.needsBody() ? Bodies.peek(response, watched.call.bodyLimit()) : null;
    ResponseDecision decision = watched.call.decide(body);
    if (decision instanceof ResponseDecision.Deliver deliver) {
      return Heads.response(response, deliver.response());
    }
    if (decision instanceof ResponseDecision.Answer answer) {
      Response replaced =
          Heads.answer(response.request(), answer.response(), answer.body(), response);
      response.close();
      return replaced;
    }
    if (decision instanceof ResponseDecision.Replay replay) {
      boolean redirect = response.code() >= 300 && response.code() < 400;
      boolean asItCame = replay.onFailure() instanceof ResponseDecision.DeliverAsIs;
      watched.replay =
          redirect && asItCame
              ? new ResponseDecision.Replay(
                  replay.request(), replay.body(), new ResponseDecision.Deliver(Heads.of(response)))
              : replay;
      // Without it OkHttp does not follow by itself.
      return redirect ? response.newBuilder().removeHeader("Location").build() : response;
    }
    return response;
  }
}
