package io.github.mcpauth.it.leak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Plays each place of a table, then has the server echo its secret: {@code <client> <origin>
 * <table>}.
 */
final class CanaryProgram {

  static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private static final long PAUSE = 10;

  /** Sends a request and reads its answer. */
  private interface Sender {
    void post(String url, Map<String, String> fields, String body) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Sender sender = args[0].equals("okhttp") ? okhttp() : jdk();
    for (CanaryPlace place : CanaryPlace.all(Path.of(args[2]))) {
      String path = place.is("form", "answer") ? "/token" : place.is("json") ? "/register" : "/mcp";
      String form = place.is("form") ? place.part() : "grant_type=client_credentials";
      String body = path.equals("/token") ? form : place.is("json", "call") ? place.part() : CALL;
      Map<String, String> fields = fields(path, String.valueOf(place.row()));
      if (place.is("sent")) {
        fields.put(place.field()[0], place.field()[1]);
      }
      send(sender, args[1] + (place.is("url") ? place.part() : path), fields, body);
      send(sender, args[1] + "/mcp", fields("/mcp", "echo " + place.row()), CALL);
      Thread.sleep(PAUSE); // Lines are dropped rather than a busy host slowed; here all count.
    }
    System.out.println("done");
    System.exit(0); // OkHttp's threads would linger.
  }

  private static Map<String, String> fields(String path, String row) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(
        "Content-Type",
        path.equals("/token") ? "application/x-www-form-urlencoded" : "application/json");
    fields.put("Accept", "application/json, text/event-stream");
    fields.put("X-Row", row);
    return fields;
  }

  private static void send(Sender sender, String url, Map<String, String> fields, String body)
      throws Exception {
    try {
      sender.post(url, fields, body);
    } catch (IOException e) {
      // What the client makes of it is not what is tested.
    }
  }

  private static Sender jdk() {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    return (url, fields, body) -> {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofString(body));
      fields.forEach(request::header);
      client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    };
  }

  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  private static Sender okhttp() {
    OkHttpClient client = new OkHttpClient();
    return (url, fields, body) -> {
      byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      Request.Builder request =
          new Request.Builder()
              .url(url)
              .post(RequestBody.create(MediaType.parse(fields.get("Content-Type")), bytes));
      fields.forEach(request::header);
      try (Response response = client.newCall(request.build()).execute()) {
        response.body().string();
      }
    };
  }

  private CanaryProgram() {}
}
