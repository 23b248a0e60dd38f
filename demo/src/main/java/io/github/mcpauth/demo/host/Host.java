package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An MCP host as there are many: it starts OAuth when a 401 says where, and otherwise tells its
 * user that it failed, in a few words.
 */
public final class Host {

  private final URI server;
  private final OAuth oauth;
  private final AtomicReference<@Nullable String> token = new AtomicReference<>();
  private @Nullable URI resourceMetadata;
  private int refusal;

  private Host(URI server) {
    this.server = server;
    this.oauth = new OAuth(Http.named(System.getProperty("demo.oauth.client", "jdk")));
  }

  /** {@code Host <server URL>}; exits with 0 if the tool could be called. */
  public static void main(String[] args) throws InterruptedException {
    boolean fixed = Boolean.getBoolean("demo.token-at-start");
    Host host = new Host(URI.create(args[0]));
    System.exit(fixed ? host.fixedAtStart() : host.connect());
  }

  /** Connects; if the server wants credentials, gets some and connects again. */
  private int connect() throws InterruptedException {
    try {
      return connected(new Session(server, token::get, this::refused).greeting());
    } catch (RuntimeException e) {
      URI metadata = resourceMetadata;
      if (refusal != 401 || metadata == null) {
        return failed(refusal == 403 ? "MCP server: failed" : "MCP server: Failed to connect");
      }
      return authorized(metadata) ? reconnect() : 1;
    }
  }

  private int reconnect() {
    try {
      return connected(new Session(server, token::get, this::refused).greeting());
    } catch (RuntimeException e) {
      String cause = rootMessage(e);
      return failed(
          cause.contains("431")
              ? "MCP server: HTTP 431"
              : "MCP server: Authentication successful, but server reconnection failed");
    }
  }

  /**
   * Authorizes while the SDK waits and lets it try again, but with the headers that were fixed when
   * the client was made, as many hosts have them.
   */
  private int fixedAtStart() {
    String atStart = token.get();
    try {
      return connected(new Session(server, () -> atStart, this::refusedSoAuthorize).greeting());
    } catch (RuntimeException e) {
      return failed(
          token.get() == null
              ? "MCP server: Failed to connect"
              : "MCP server: Authentication successful, but server reconnection failed");
    }
  }

  private boolean refused(ResponseInfo response) {
    refusal = response.statusCode();
    resourceMetadata = Challenge.resourceMetadata(response.headers().allValues("WWW-Authenticate"));
    return false;
  }

  private boolean refusedSoAuthorize(ResponseInfo response) {
    refused(response);
    URI metadata = resourceMetadata;
    try {
      return metadata != null && token.get() == null && authorized(metadata);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean authorized(URI metadata) throws InterruptedException {
    try {
      token.set(oauth.authorize(server, metadata));
      return true;
    } catch (IOException e) {
      failed("MCP server: authorization failed: " + e.getMessage());
      return false;
    }
  }

  private static String rootMessage(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = error; each != null; each = each.getCause()) {
      text.append(each.getMessage()).append(' ');
    }
    return text.toString();
  }

  private static int connected(String greeting) {
    System.out.println("MCP server: connected. greet says: " + greeting);
    return 0;
  }

  private static int failed(String message) {
    System.out.println(message);
    return 1;
  }
}
