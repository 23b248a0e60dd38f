package io.github.mcpauth.bench.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Sends one request after the other over one of the two HTTP clients. */
interface Client {

  String MCP = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{}}";
  String OTHER = "{\"order\":7,\"items\":[\"tea\",\"milk\"],\"comment\":\"as usual, please\"}";

  /** Posts the body and reads the whole answer. */
  void post(String url, String body) throws IOException, InterruptedException;

  /** As MCP must (Transports: Sending Messages to the Server), and as others do. */
  static String accept(String body) {
    return body.equals(MCP) ? "application/json, text/event-stream" : "application/json";
  }

  static Client of(String kind) {
    return kind.equals("okhttp") ? new OkHttp() : new Jdk();
  }

  /** java.net.http over HTTP/1.1. */
  final class Jdk implements Client {
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public void post(String url, String body) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("Accept", accept(body))
              .header("Authorization", "Bearer abcdefghijklmnopqrstuvwxyz0123456789")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
    }
  }

  /** OkHttp. */
  final class OkHttp implements Client {
    private static final MediaType JSON = MediaType.get("application/json");
    private final OkHttpClient client = new OkHttpClient();

    @Override
    public void post(String url, String body) throws IOException {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Accept", accept(body))
              .header("Authorization", "Bearer abcdefghijklmnopqrstuvwxyz0123456789")
              .post(RequestBody.create(body, JSON))
              .build();
      try (Response response = client.newCall(request).execute();
          ResponseBody answer = response.body()) {
        if (response.code() != 200 || answer == null || answer.string().isEmpty()) {
          throw new IOException("status " + response.code());
        }
      }
    }
  }
}
