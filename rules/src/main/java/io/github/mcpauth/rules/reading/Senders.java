package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Identity;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a request's head whom it acts for. Users stand not only in {@code Authorization}: a
 * gateway sends its own token and the user's name beside it, others an API key or a cookie. So
 * whatever is not known to be the same for all users, or another one for each request, counts; but
 * for cookies beside a token, which tells who it is already. A key may be the application's.
 */
public final class Senders {

  /** What is another one in each request, whoever sends it. */
  private static final Set<String> OF_ONE_REQUEST =
      Set.of(
          "correlation-id",
          "date",
          "idempotency-key",
          "last-event-id",
          "mcp-method",
          "mcp-name",
          "mcp-protocol-version",
          "mcp-session-id",
          "origin",
          "priority",
          "referer",
          "request-id",
          "sec-gpc",
          "x-correlation-id",
          "x-idempotency-key",
          "x-request-id");

  /** Cookies of load balancers and of protection against bots, which change at any time. */
  private static final Set<String> OF_THE_WAY =
      Set.of(
          "__cf_bm",
          "_cfuvid",
          "arraffinity",
          "arraffinitysamesite",
          "awsalb",
          "awsalbcors",
          "awsalbtg",
          "awsalbtgcors",
          "cf_clearance",
          "gclb",
          "ingresscookie",
          "serverid");

  public static Identity of(RequestHead request) {
    String authorization = request.headers().first("Authorization");
    boolean credential =
        authorization != null && !Authorization.parse(authorization).scheme().isEmpty();
    Set<String> rest = new TreeSet<>();
    boolean first = credential;
    for (Header field : request.headers()) {
      if (first && field.is("Authorization")) {
        first = false;
      } else if (field.is("Cookie")) {
        addCookies(rest, credential ? "" : field.value());
      } else if (!isOfRequest(field)) {
        rest.add(field.name().toLowerCase(Locale.ROOT) + ": " + field.value().strip());
      }
    }
    add(rest, "?", request.url().getRawQuery());
    add(rest, "@", userInfo(request.url()));
    String digest = rest.isEmpty() ? "" : String.valueOf(Digest.of(String.join("\n", rest)));
    return new Identity(Digest.ofCredential(authorization), digest);
  }

  private static void add(Set<String> rest, String mark, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      rest.add(mark + text);
    }
  }

  private static @Nullable String userInfo(URI url) {
    String authority = url.getRawAuthority();
    int at = authority == null ? -1 : authority.lastIndexOf('@');
    return authority == null || at < 0 ? null : authority.substring(0, at);
  }

  private static void addCookies(Set<String> rest, String cookies) {
    for (String each : List.of(cookies.split(";", -1))) {
      String pair = each.strip();
      int equals = pair.indexOf('=');
      String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
      if (!pair.isEmpty() && !OF_THE_WAY.contains(name.toLowerCase(Locale.ROOT))) {
        rest.add("cookie: " + pair);
      }
    }
  }

  private static boolean isOfRequest(Header field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return PublicHeaders.isPublic(field)
        || OF_ONE_REQUEST.contains(name)
        || name.startsWith("mcp-param-") // An argument of the call (MCP, SEP-2243).
        || name.startsWith("sec-fetch-")
        || name.startsWith("sec-ch-")
        || name.startsWith(":")
        || Ballast.isTrace(name);
  }

  private Senders() {}
}
