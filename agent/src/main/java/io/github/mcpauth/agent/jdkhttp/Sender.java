package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.jdkhttp.Wire.Track;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends through the host's own client, past the woven entry that led here. */
final class Sender<T> {

  private final HttpClient client;
  private final @Nullable PushPromiseHandler<T> push;
  private final ThreadLocal<@Nullable Boolean> ours;
  private final Wire wire;

  Sender(
      HttpClient client,
      @Nullable PushPromiseHandler<T> push,
      ThreadLocal<@Nullable Boolean> ours,
      Wire wire) {
    this.client = client;
    this.push = push;
    this.ours = ours;
    this.wire = wire;
  }

  HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Track track)
      throws IOException, InterruptedException {
    enter(track);
    try {
      return client.send(request, handler);
    } finally {
      leave();
    }
  }

  CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, Track track) {
    enter(track);
    try {
      return push == null
          ? client.sendAsync(request, handler)
          : client.sendAsync(request, handler, push);
    } finally {
      leave();
    }
  }

  private void enter(Track track) {
    ours.set(Boolean.TRUE);
    wire.starting(track);
  }

  private void leave() {
    ours.set(null);
    wire.started();
  }
}
