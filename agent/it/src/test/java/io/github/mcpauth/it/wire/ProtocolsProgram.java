package io.github.mcpauth.it.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The ways of a client besides a plain call: {@code <origin> <TLS origin> <raw origin>}. */
final class ProtocolsProgram {

  private static final HttpClient CONTROL =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    for (String origin : new String[] {args[0], args[1]}) {
      for (String path : new String[] {"/mcp", "/mcp", "/moved"}) {
        show(path, client.send(post(origin + path).build(), BodyHandlers.ofString()));
      }
    }
    // Time enough to connect: before it is connected the client has other words.
    client.send(post(args[2] + "/mcp").build(), BodyHandlers.discarding());
    HttpRequest slow = post(args[2] + "/slow").timeout(Duration.ofSeconds(1)).build();
    outcome("timeout", () -> client.send(slow, BodyHandlers.ofString()));
    outcome(
        "async timeout",
        () -> client.sendAsync(slow, BodyHandlers.ofString()).get(30, TimeUnit.SECONDS));
    interrupted(client, args[2]);
    webSocket(client, args[2]);
    if (Runtime.version().feature() >= 21) {
      virtualThread(client, args[2]);
      ended("close", args[2]);
      ended("shutdownNow", args[2]);
    }
    System.exit(0);
  }

  private static HttpRequest.Builder post(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(McpMessages.INITIALIZE));
  }

  private static void show(String path, HttpResponse<String> response) {
    System.out.println(
        path
            + " "
            + response.version()
            + " "
            + response.statusCode()
            + " "
            + response.body()
            + " tls: "
            + response.sslSession().isPresent()
            + " previous: "
            + response.previousResponse().map(HttpResponse::statusCode));
  }

  /** Something that may fail. */
  private interface Action {
    Object run() throws Exception;
  }

  private static void outcome(String name, Action action) {
    try {
      System.out.println(name + ": " + action.run());
    } catch (Exception e) {
      Throwable cause = e.getCause();
      String why = cause == null ? "" : " <- " + cause.getClass().getName();
      System.out.println(name + ": " + e.getClass().getName() + " " + e.getMessage() + why);
    }
  }

  private static void interrupted(HttpClient client, String origin) throws Exception {
    Thread thread =
        new Thread(
            () -> {
              outcome(
                  "interrupt",
                  () -> client.send(post(origin + "/slow").build(), BodyHandlers.ofString()));
              System.out.println("flag: " + Thread.currentThread().isInterrupted());
            });
    int before = arrived(origin);
    thread.start();
    untilArrived(origin, before);
    thread.interrupt();
    thread.join();
  }

  /** How many calls the server has got so far that it does not answer at once. */
  private static int arrived(String origin) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/arrived")).build();
    return Integer.parseInt(CONTROL.send(request, BodyHandlers.ofString()).body());
  }

  private static void untilArrived(String origin, int before) throws Exception {
    for (int i = 0; i < 3000 && arrived(origin) == before; i++) {
      Thread.sleep(10);
    }
  }

  private static void webSocket(HttpClient client, String origin) throws Exception {
    CompletableFuture<String> text = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(origin.replace("http:", "ws:") + "/mcp"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket s, CharSequence data, boolean last) {
                    text.complete(data.toString());
                    s.request(1);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(30, TimeUnit.SECONDS);
    System.out.println("web socket: " + text.get(30, TimeUnit.SECONDS));
    socket.abort();
  }

  private static void virtualThread(HttpClient client, String origin) throws Exception {
    Runnable call =
        () ->
            outcome(
                "virtual thread",
                () -> client.send(post(origin + "/mcp").build(), BodyHandlers.ofString()).body());
    Thread thread =
        (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, call);
    thread.join();
  }

  /** Ends a client with a call under way: {@code close} waits for it, the other breaks it off. */
  private static void ended(String how, String origin) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String path = how.equals("close") ? "/late" : "/slow";
    int before = arrived(origin);
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(post(origin + path).build(), BodyHandlers.ofString());
    untilArrived(origin, before);
    HttpClient.class.getMethod(how).invoke(client);
    outcome(how, () -> call.get(30, TimeUnit.SECONDS).body());
    HttpClient.class.getMethod("close").invoke(client);
    System.out.println("after: " + HttpClient.class.getMethod("isTerminated").invoke(client));
  }

  private ProtocolsProgram() {}
}
