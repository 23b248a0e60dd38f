package io.github.mcpauth.it.wire;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSink;

/** The ways of using OkHttp besides a plain call: {@code <origin>}. */
final class OkHttpKindsProgram {

  public static void main(String[] args) throws Exception {
    OkHttpClient plain = new OkHttpClient();
    OkHttpClient client =
        plain
            .newBuilder()
            .addInterceptor(saying("application"))
            .addNetworkInterceptor(saying("network"))
            .authenticator(
                (route, response) -> {
                  System.out.println("authenticator " + response.code() + response.headers());
                  Request refused = response.request();
                  return refused.header("Authorization") == null
                      ? refused.newBuilder().header("Authorization", "Bearer t-0123456789").build()
                      : null;
                })
            .build()
            .newBuilder()
            .build();
    for (String path : new String[] {"/mcp", "/zipped", "/refused"}) {
      System.out.println(path + " " + text(client.newCall(post(args[0] + path, body())).execute()));
    }
    System.out.println("once " + text(client.newCall(post(args[0] + "/echo", once())).execute()));
    System.out.println("enqueued " + enqueued(plain, post(args[0] + "/mcp", body())));
    events(plain, post(args[0] + "/stream", body()));
    // Last, since OkHttp may keep the connection on which it broke off.
    try {
      System.out.println(
          "broken " + text(client.newCall(post(args[0] + "/mcp", broken())).execute()));
    } catch (IOException e) {
      System.out.println("broken " + e);
    }
    System.exit(0);
  }

  private static Interceptor saying(String name) {
    return chain -> {
      Request request = chain.request();
      System.out.println(name + " > " + request.method() + " " + names(request));
      Response response = chain.proceed(request);
      System.out.println(name + " < " + response.code() + " " + response.headers().names());
      return response;
    };
  }

  private static String names(Request request) throws IOException {
    RequestBody body = request.body();
    return request.headers().names() + " " + (body == null ? -1 : body.contentLength());
  }

  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  private static RequestBody body() {
    return RequestBody.create(MediaType.parse("application/json"), McpMessages.INITIALIZE);
  }

  private static RequestBody once() {
    return new RequestBody() {
      private boolean written;

      @Override
      public MediaType contentType() {
        return MediaType.parse("application/json");
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        if (written) {
          throw new IOException("written twice");
        }
        written = true;
        sink.writeUtf8(McpMessages.INITIALIZE);
      }
    };
  }

  private static RequestBody broken() {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return MediaType.parse("application/json");
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeUtf8(McpMessages.INITIALIZE.substring(0, 20));
        throw new IOException("the host's own");
      }
    };
  }

  private static Request post(String url, RequestBody body) {
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/json, text/event-stream")
        .post(body)
        .build();
  }

  private static String text(Response response) throws IOException {
    try (response) {
      return response.code() + " " + response.headers().names() + " " + response.body().string();
    }
  }

  private static String enqueued(OkHttpClient client, Request request) throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                outcome.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                outcome.complete(text(response));
              }
            });
    return outcome.get(30, TimeUnit.SECONDS);
  }

  private static void events(OkHttpClient client, Request request) throws Exception {
    CompletableFuture<String> closed = new CompletableFuture<>();
    EventSourceListener listener =
        new EventSourceListener() {
          @Override
          public void onEvent(EventSource source, String id, String type, String data) {
            System.out.println("event " + id + " " + type + " " + data);
          }

          @Override
          public void onClosed(EventSource source) {
            closed.complete("closed");
          }

          @Override
          public void onFailure(EventSource source, Throwable error, Response response) {
            closed.complete("failed " + error);
          }
        };
    factory(client).newEventSource(request, listener);
    System.out.println(closed.get(30, TimeUnit.SECONDS));
  }

  /** By reflection: what it takes changed with OkHttp 5. */
  private static EventSource.Factory factory(OkHttpClient client) throws Exception {
    for (var method : EventSources.class.getMethods()) {
      if (method.getName().equals("createFactory")
          && method.getParameterTypes()[0].isInstance(client)) {
        return (EventSource.Factory) method.invoke(null, client);
      }
    }
    throw new NoSuchMethodException("createFactory");
  }

  private OkHttpKindsProgram() {}
}
