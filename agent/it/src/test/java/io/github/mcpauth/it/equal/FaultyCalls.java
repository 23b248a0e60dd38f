package io.github.mcpauth.it.equal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls a tool once at each URL over HTTP/2: {@code jdk|okhttp <url>…}; prints what it saw. */
public final class FaultyCalls {

  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

  private interface Client {
    String post(String url, String body) throws Exception;
  }

  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      Client client = args[0].equals("jdk") ? jdk() : okhttp();
      said(client, args[i], LIST);
      System.out.println(said(client, args[i], CALL));
    }
    System.exit(0);
  }

  private static String said(Client client, String url, String body) {
    try {
      return client.post(url, body);
    } catch (Exception e) {
      return "failed";
    }
  }

  private static Client jdk() {
    HttpClient client = HttpClient.newHttpClient();
    return (url, body) -> {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .header("baggage", "a=b")
              .POST(BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> seen = client.send(request, BodyHandlers.ofString());
      return seen.statusCode() + " " + seen.body();
    };
  }

  private static Client okhttp() {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .callTimeout(20, TimeUnit.SECONDS)
            .build();
    return (url, body) -> {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .header("baggage", "a=b")
              .post(RequestBody.create(body.getBytes(), null))
              .build();
      try (Response seen = client.newCall(request).execute()) {
        return seen.code() + " " + seen.body().string();
      }
    };
  }

  private FaultyCalls() {}
}
