package io.github.mcpauth.it.harm;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends one initialize with a context class loader that nobody may ask for anything. */
public final class HostileHost {

  private static final class NobodyAsks extends ClassLoader {
    NobodyAsks() {
      super(null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (ours(name)) {
        System.err.println("touched the context class loader for " + name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
      if (ours(name.replace('/', '.')) || name.startsWith("logback")) {
        System.err.println("touched the context class loader for " + name);
      }
      return null;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      getResource(name);
      return null;
    }

    private static boolean ours(String name) {
      return name.contains("slf4j") || name.contains("logback") || name.contains("mcpauth");
    }
  }

  public static void main(String[] args) throws Exception {
    Thread.currentThread().setContextClassLoader(new NobodyAsks());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0]))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\","
                        + "\"params\":{\"protocolVersion\":\"2025-06-18\"}}"))
            .build();
    System.out.println(
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode());
  }

  private HostileHost() {}
}
