package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Turns what an attempt brought, or what is kept in memory, into the response the host gets. */
final class Delivery<T> {

  private final HttpRequest hostRequest;
  private final BodyHandler<T> handler;

  Delivery(HttpRequest hostRequest, BodyHandler<T> handler) {
    this.hostRequest = hostRequest;
    this.handler = handler;
  }

  /**
   * The response of the last attempt, which went through the host's handler already; as a rule the
   * client's own one.
   *
   * @param real where it came from: of the host's request, rather than of a fix's own
   */
  HttpResponse<T> seen(Attempt<T> attempt, HttpResponse<T> response, HttpResponse<T> real) {
    boolean isTapped = TappedPublisher.isOf(attempt.request());
    boolean asAsked = attempt.request() == hostRequest || isTapped;
    ResponseInfo info = attempt.shown();
    if (info == null && asAsked) {
      return isTapped ? new UntappedResponse<>(response) : response;
    }
    HttpRequest request = asAsked ? UntappedRequest.of(response.request()) : hostRequest;
    ResponseInfo seen = info == null ? attempt.received() : info;
    return seen == null ? response : new DeliveredResponse<>(request, seen, response.body(), real);
  }

  /** A replay could not be carried out: the host gets what came before it. */
  CompletableFuture<HttpResponse<T>> firstAnswer(
      Attempt<T> attempt, HttpResponse<T> response, ResponseDecision decision) {
    if (decision instanceof ResponseDecision.Answer answer) {
      return fromMemory(answer.response(), answer.body(), response);
    }
    ResponseHead head =
        decision instanceof ResponseDecision.Deliver deliver
            ? deliver.response()
            : Heads.of(received(attempt));
    return fromMemory(head, attempt.kept(), response);
  }

  private static ResponseInfo received(Attempt<?> attempt) {
    ResponseInfo info = attempt.received();
    if (info == null) {
      throw new IllegalStateException("a replay was due before a response arrived");
    }
    return info;
  }

  /**
   * Applies the host's handler to an answer that is there as a whole.
   *
   * @param real the response in whose place it stands, or null where nothing was sent
   */
  CompletableFuture<HttpResponse<T>> fromMemory(
      ResponseHead head, byte[] bytes, @Nullable HttpResponse<T> real) {
    ResponseInfo info = Heads.info(head);
    BodySubscriber<T> subscriber = handler.apply(info);
    PrefixedBody.whole(bytes).feed(subscriber);
    return subscriber
        .getBody()
        .toCompletableFuture()
        .thenApply(body -> new DeliveredResponse<>(hostRequest, info, body, real));
  }
}
