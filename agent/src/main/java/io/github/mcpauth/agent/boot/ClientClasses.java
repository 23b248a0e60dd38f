package io.github.mcpauth.agent.boot;

/**
 * The names of the HTTP clients' classes, as in class files. A test holds them equal to the
 * clients' own tables in tier 1, which is not there yet where these are needed.
 */
final class ClientClasses {

  /** What the names of a client's classes begin with; no two with the same letter. */
  static final String[] CLIENTS = {"jdk/internal/net/http/", "okhttp3/"};

  /** Those that are woven. */
  static final String[] WOVEN = {
    "jdk/internal/net/http/CookieFilter",
    "jdk/internal/net/http/Http1Request",
    "jdk/internal/net/http/HttpClientFacade",
    "jdk/internal/net/http/HttpRequestImpl",
    "jdk/internal/net/http/Response",
    "jdk/internal/net/http/frame/OutgoingHeaders",
    "okhttp3/OkHttpClient",
    "okhttp3/internal/connection/Exchange"
  };

  /** Decided by its first letter, as a rule. */
  static boolean isOfClient(String name) {
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    for (int i = 0; i < CLIENTS.length; i++) {
      if (first == CLIENTS[i].charAt(0) && name.startsWith(CLIENTS[i])) {
        return true;
      }
    }
    return false;
  }

  static boolean isWoven(String name) {
    if (isOfClient(name)) {
      for (int i = 0; i < WOVEN.length; i++) {
        if (name.equals(WOVEN[i])) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The facade of java.net.http, which is loaded early and called late: it does not wait for tier
   * 1, but is woven once that is there.
   */
  static boolean isWovenLater(String name) {
    return name.equals("jdk/internal/net/http/HttpClientFacade");
  }

  /**
   * What java.net.http loads when a client is as good as ready. It is not woven, but waits like
   * what is: a call over a facade that is not woven yet would be missed.
   */
  static boolean isLast(String name) {
    return name.equals("jdk/internal/net/http/RedirectFilter");
  }

  private ClientClasses() {}
}
