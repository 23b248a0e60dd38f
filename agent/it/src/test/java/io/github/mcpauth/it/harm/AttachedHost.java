package io.github.mcpauth.it.harm;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Calls, has the agent attached, and calls on with the same client: {@code <url> <jar> <log>}. */
final class AttachedHost {

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0]))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
            .build();
    System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    Process helper =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AttachHelper.class.getName(),
                String.valueOf(ProcessHandle.current().pid()),
                args[1],
                "log.file=" + args[2])
            .inheritIO()
            .start();
    System.out.println("attached: " + helper.waitFor());
    System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private AttachedHost() {}
}
