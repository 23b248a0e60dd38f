package io.github.mcpauth.it.client;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp of whatever version is there, {@code execute} or {@code enqueue}. */
final class OkHttpHost implements HttpHost {

  private final OkHttpClient client = new OkHttpClient();
  private final boolean async;

  OkHttpHost(boolean async) {
    this.async = async;
  }

  @Override
  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  public Answer post(String url, Map<String, String> headers, String body) throws Exception {
    MediaType json = MediaType.parse(headers.get("Content-Type"));
    Request.Builder request = new Request.Builder().url(url).post(RequestBody.create(json, body));
    headers.forEach(request::header);
    try (Response response = send(client.newCall(request.build()))) {
      return new Answer(response.code(), response.headers().toMultimap(), response.body().string());
    }
  }

  private Response send(Call call) throws Exception {
    if (!async) {
      return call.execute();
    }
    CompletableFuture<Response> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException why) {
            answer.completeExceptionally(why);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            answer.complete(response);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
