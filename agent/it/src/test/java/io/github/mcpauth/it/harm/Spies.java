package io.github.mcpauth.it.harm;

import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.spy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeMap;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.mockito.invocation.Invocation;

/** Calls through Mockito's spies of clients, and prints what was asked of each: {@code <url>}. */
final class Spies {

  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  public static void main(String[] args) throws Exception {
    jdk(args[0]);
    okhttp(args[0]);
    System.exit(0);
  }

  private static void jdk(String url) throws Exception {
    HttpClient client = spy(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(CALL))
            .build();
    int status = client.send(request, BodyHandlers.ofString()).statusCode();
    int async = client.sendAsync(request, BodyHandlers.ofString()).get().statusCode();
    System.out.println("java.net.http: " + status + " " + asked(client) + async);
  }

  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  private static void okhttp(String url) throws Exception {
    OkHttpClient client = spy(new OkHttpClient());
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(MediaType.get("application/json"), CALL))
            .build();
    Call call = spy(client.newCall(request));
    try (Response response = call.execute()) {
      System.out.println("okhttp: " + response.code() + " " + response.body().string().length());
    }
    System.out.println("okhttp client: " + asked(client));
    System.out.println("okhttp call: " + asked(call));
  }

  /** The methods that were called, and how often. */
  private static List<String> asked(Object spy) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Invocation each : mockingDetails(spy).getInvocations()) {
      counts.merge(each.getMethod().getName(), 1, Integer::sum);
    }
    return counts.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  private Spies() {}
}
