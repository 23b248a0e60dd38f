package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** The few things that an OAuth client asks of HTTP, over either client. Follows no redirect. */
interface Http {

  /**
   * What came back.
   *
   * @param location the {@code Location} header, or null
   */
  record Reply(int status, String body, @Nullable String location) {}

  /** Sends a request; with a body it is a POST, else a GET. */
  Reply send(URI url, Map<String, String> headers, @Nullable String type, @Nullable String body)
      throws IOException, InterruptedException;

  default Reply get(URI url) throws IOException, InterruptedException {
    return send(url, Map.of("Accept", "application/json"), null, null);
  }

  /** The client with this name: {@code jdk} or {@code okhttp}. */
  static Http named(String name) {
    return switch (name) {
      case "jdk" -> new OverJdk();
      case "okhttp" -> new OverOkHttp();
      default ->
          throw new IllegalArgumentException("demo.oauth.client=" + name + ": jdk or okhttp");
    };
  }

  /** Over java.net.http. */
  final class OverJdk implements Http {

    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public Reply send(
        URI url, Map<String, String> headers, @Nullable String type, @Nullable String body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request = HttpRequest.newBuilder(url);
      headers.forEach(request::header);
      if (body != null && type != null) {
        request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
      }
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("Location").orElse(null));
    }
  }

  /** Over OkHttp. */
  final class OverOkHttp implements Http {

    private final OkHttpClient client =
        new OkHttpClient.Builder().followRedirects(false).followSslRedirects(false).build();

    @Override
    public Reply send(
        URI url, Map<String, String> headers, @Nullable String type, @Nullable String body)
        throws IOException {
      Request.Builder request = new Request.Builder().url(url.toString());
      headers.forEach(request::header);
      if (body != null && type != null) {
        request.post(RequestBody.create(body, MediaType.get(type)));
      }
      try (Response response = client.newCall(request.build()).execute()) {
        ResponseBody text = response.body();
        return new Reply(
            response.code(), text == null ? "" : text.string(), response.header("Location"));
      }
    }
  }
}
