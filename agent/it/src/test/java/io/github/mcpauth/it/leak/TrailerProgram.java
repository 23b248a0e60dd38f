package io.github.mcpauth.it.leak;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts a message, and reads the answer to its end, with a client and to a URL. */
public final class TrailerProgram {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  public static void main(String[] args) throws Exception {
    System.out.println(args[0].equals("okhttp") ? okhttp(args[1]) : jdk(args[1]));
  }

  private static String jdk(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(LIST))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static String okhttp(String url) throws Exception {
    RequestBody body = RequestBody.create(LIST, MediaType.get("application/json"));
    Request request = new Request.Builder().url(url).post(body).build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      String text = response.body().string();
      response.trailers();
      return response.code() + " " + text;
    }
  }

  private TrailerProgram() {}
}
