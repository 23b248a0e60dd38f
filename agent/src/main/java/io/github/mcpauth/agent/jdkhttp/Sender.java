package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.jdkhttp.WireHooks.Track;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends by what is behind the host's client, past the woven entry that led here. */
final class Sender<T> {

  private final @Nullable Object owner;
  private final HttpClient client;
  private final @Nullable PushPromiseHandler<T> push;
  private final WireHooks wire;

  /**
   * @param owner the host's client, which must live as long as its calls: with it ends its thread
   */
  Sender(
      @Nullable Object owner,
      HttpClient client,
      @Nullable PushPromiseHandler<T> push,
      WireHooks wire) {
    this.owner = owner;
    this.client = client;
    this.push = push;
    this.wire = wire;
  }

  /** The same without what adds credentials: for a request that is not to carry the host's. */
  Sender<T> withoutCredentials(URI url) {
    HttpClient without = CrossOriginClient.of(client, url);
    return without == client ? this : new Sender<>(without, without, push, wire);
  }

  HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Track track)
      throws IOException, InterruptedException {
    wire.starting(track);
    try {
      return client.send(request, handler);
    } finally {
      wire.started();
      wire.over(track);
      Reference.reachabilityFence(owner);
    }
  }

  CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, Track track) {
    wire.starting(track);
    try {
      CompletableFuture<HttpResponse<T>> answer =
          push == null
              ? client.sendAsync(request, handler)
              : client.sendAsync(request, handler, push);
      answer.whenComplete((response, failure) -> wire.over(track));
      return answer;
    } finally {
      wire.started();
      Reference.reachabilityFence(owner);
    }
  }
}
