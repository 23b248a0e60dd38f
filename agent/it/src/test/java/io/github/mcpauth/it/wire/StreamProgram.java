package io.github.mcpauth.it.wire;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * An event stream whose server sends the next event only after the host has the one before, and
 * which the host then cancels through a dependent future.
 */
final class StreamProgram {

  private static final SynchronousQueue<String> LINES = new SynchronousQueue<>();
  private static final CompletableFuture<String> SERVER_SAW = new CompletableFuture<>();

  public static void main(String[] args) throws Exception {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> serve(server));
    thread.setDaemon(true);
    thread.start();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(McpMessages.INITIALIZE))
            .build();
    CompletableFuture<?> future =
        HttpClient.newHttpClient()
            .sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new LineSubscriber()))
            .thenApply(HttpResponse::statusCode);
    for (int i = 0; i < 3; i++) {
      System.out.println(LINES.poll(30, TimeUnit.SECONDS));
    }
    System.out.println("still open: " + !future.isDone());
    System.out.println("cancelled: " + future.cancel(true));
    System.out.println("server: " + SERVER_SAW.get(30, TimeUnit.SECONDS));
    System.exit(0);
  }

  /** Hands each line over before it asks for the next. */
  private static final class LineSubscriber implements Flow.Subscriber<String> {
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(String line) {
      try {
        if (!line.isEmpty()) {
          LINES.put(line);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(30_000);
      InputStream in = socket.getInputStream();
      in.read(new byte[8192]);
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      for (int i = 1; i <= 3; i++) {
        String event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/n" + i + "\"}\n\n";
        out.write(event.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread.sleep(100);
      }
      int next = in.read();
      while (next >= 0) {
        next = in.read();
      }
      SERVER_SAW.complete("closed");
    } catch (Exception e) {
      SERVER_SAW.complete(e.toString().contains("reset") ? "closed" : e.toString());
    }
  }

  private StreamProgram() {}
}
