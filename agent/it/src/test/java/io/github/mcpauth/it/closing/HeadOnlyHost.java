package io.github.mcpauth.it.closing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A host that ends the JVM on the head of a refusal, in the client's own thread, before any body is
 * read: {@code jdk|jdk-async|okhttp|okhttp-async <url>}.
 */
final class HeadOnlyHost {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\"}}";

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "jdk" -> HttpClient.newHttpClient().send(jdk(args[1]), HeadOnlyHost::end);
      case "jdk-async" ->
          HttpClient.newHttpClient().sendAsync(jdk(args[1]), HeadOnlyHost::end).join();
      case "okhttp" -> {
        Response response = new OkHttpClient().newCall(okhttp(args[1])).execute();
        end(response.code());
      }
      default ->
          new OkHttpClient()
              .newCall(okhttp(args[1]))
              .enqueue(
                  new Callback() {
                    @Override
                    public void onFailure(Call call, java.io.IOException e) {
                      end(-1);
                    }

                    @Override
                    public void onResponse(Call call, Response response) {
                      end(response.code());
                    }
                  });
    }
  }

  private static HttpResponse.BodySubscriber<String> end(HttpResponse.ResponseInfo head) {
    end(head.statusCode());
    throw new IllegalStateException("refused");
  }

  private static void end(int status) {
    System.out.println(status);
    System.exit(status == 403 ? 3 : 4);
  }

  private static HttpRequest jdk(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
        .build();
  }

  private static Request okhttp(String url) {
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/json, text/event-stream")
        .post(RequestBody.create(INITIALIZE, MediaType.get("application/json")))
        .build();
  }

  private HeadOnlyHost() {}
}
