package io.github.mcpauth.it.equal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Interceptors of a host: some look, some change, some send again or answer by themselves. */
final class OkHttpInterceptors {

  static void add(OkHttpClient.Builder client, GeneratedCall call, Notes notes) {
    client.addInterceptor(
        switch (call.variant() % 5) {
          case 0 -> chain -> again(chain, notes);
          case 1 -> chain -> changed(chain, notes);
          case 2 -> chain -> looking("application", chain, notes);
          case 3 ->
              chain -> {
                throw new IOException("an interceptor gave up");
              };
          default -> chain -> looking("outer", chain, notes);
        });
    client.addNetworkInterceptor(chain -> looking("network", chain, notes));
    if (call.variant() % 3 == 0) {
      client.addNetworkInterceptor(
          chain ->
              chain
                  .proceed(chain.request().newBuilder().header("X-Network", "added").build())
                  .newBuilder()
                  .header("X-Seen", "by the network interceptor")
                  .build());
    }
  }

  private static Response looking(String what, Interceptor.Chain chain, Notes notes)
      throws IOException {
    Request request = chain.request();
    notes.note(
        what
            + " sends "
            + request.method()
            + request.url()
            + " "
            + OkHttpBodies.text(request.headers())
            + OkHttpBodies.name(request.body())
            + (chain.connection() != null)
            + chain.call().getClass().getSimpleName()
            + chain.readTimeoutMillis());
    Response response = chain.proceed(request);
    notes.note(
        what
            + " gets "
            + OkHttpPlayer.seen(response)
            + " same "
            + (response.request() == request)
            + " network "
            + OkHttpPlayer.seen(response.networkResponse()));
    return response;
  }

  private static Response again(Interceptor.Chain chain, Notes notes) throws IOException {
    Response first = chain.proceed(chain.request());
    if (first.isSuccessful()) {
      return first;
    }
    notes.note("again after " + first.code());
    first.close();
    return chain.proceed(chain.request().newBuilder().header("X-Again", "1").build());
  }

  private static Response changed(Interceptor.Chain chain, Notes notes) throws IOException {
    Response response =
        looking("changing", chain, notes).newBuilder().header("X-Changed", "1").build();
    notes.note("peeked " + response.peekBody(20).string());
    return response;
  }

  private OkHttpInterceptors() {}
}
