package io.github.mcpauth.demo.host;

import io.github.mcpauth.demo.host.Retries.Refusal;
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
  private final Retries retries;
  private final AtomicReference<@Nullable String> token = new AtomicReference<>();
  private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();

  private Host(URI server, Settings settings) {
    this.server = server;
    this.oauth = new OAuth(Http.named(System.getProperty("demo.oauth.client", "jdk")), settings);
    this.retries = new Retries(settings);
  }

  /**
   * {@code Host [<server URL>]}, else the one of {@code MCP_SERVER_URL}; exits with 0 if a tool
   * could be called.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings =
        Settings.of(System.getProperties(), System.getenv("MCP_CONFORMANCE_CONTEXT"));
    String url = args.length > 0 ? args[0] : System.getenv("MCP_SERVER_URL");
    if (url == null) {
      System.err.println("usage: Host <server URL>, or MCP_SERVER_URL");
      System.exit(2);
    }
    Host host = new Host(URI.create(url), settings);
    boolean fixed = Boolean.getBoolean("demo.token-at-start");
    System.exit(fixed ? host.fixedAtStart() : host.connect(Integer.getInteger("demo.tries", 1)));
  }

  /**
   * @param tries how often the user tries, with the same host
   */
  private int connect(int tries) throws InterruptedException {
    int exit = connect();
    for (int i = 1; i < tries && exit != 0; i++) {
      retries.again();
      exit = connect();
    }
    return exit;
  }

  /** Connects; whenever the server wants other credentials, gets some and connects again. */
  private int connect() throws InterruptedException {
    while (true) {
      refusal.set(null);
      try {
        return connected(new Session(server, token::get, this::refused).firstTool());
      } catch (RuntimeException e) {
        Refusal why = refusal.get();
        if (why == null || !retries.worthwhile(why, oauth.renewable())) {
          return failed(token.get() == null ? unauthorized(why) : authorizedInVain(e));
        }
        if (!authorized(why)) {
          return 1;
        }
      }
    }
  }

  private static String unauthorized(@Nullable Refusal why) {
    return why != null && why.status() == 403
        ? "MCP server: failed"
        : "MCP server: Failed to connect";
  }

  private static String authorizedInVain(RuntimeException error) {
    return rootMessage(error).contains("431")
        ? "MCP server: HTTP 431"
        : "MCP server: Authentication successful, but server reconnection failed";
  }

  /**
   * Authorizes while the SDK waits and lets it try again, but with the headers that were fixed when
   * the client was made, as many hosts have them.
   */
  private int fixedAtStart() {
    String atStart = token.get();
    try {
      return connected(new Session(server, () -> atStart, this::refusedSoAuthorize).firstTool());
    } catch (RuntimeException e) {
      return failed(
          token.get() == null
              ? "MCP server: Failed to connect"
              : "MCP server: Authentication successful, but server reconnection failed");
    }
  }

  private boolean refused(ResponseInfo response) {
    Challenge challenge = Challenge.of(response.headers().allValues("WWW-Authenticate"));
    refusal.set(new Refusal(response.statusCode(), challenge));
    return false;
  }

  private boolean refusedSoAuthorize(ResponseInfo response) {
    refused(response);
    Refusal why = refusal.get();
    try {
      return why != null && retries.worthwhile(why, false) && authorized(why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean authorized(Refusal why) throws InterruptedException {
    try {
      boolean renew = why.status() == 401 && oauth.renewable();
      token.set(renew ? oauth.renew() : oauth.authorize(server, why.challenge()));
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

  private static int connected(String answer) {
    System.out.println("MCP server: connected. " + answer);
    return 0;
  }

  private static int failed(String message) {
    System.out.println(message);
    return 1;
  }
}
