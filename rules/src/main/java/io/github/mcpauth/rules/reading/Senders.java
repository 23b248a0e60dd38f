package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Identity;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a request's head whom it acts for. Users stand not only in {@code Authorization}: a
 * gateway sends its own token and the user's name beside it, others an API key or a cookie. So
 * whatever is not known to be the same for all users, or another one for each request, counts.
 * Cookies beside a token count where they contradict each other: the token tells who it is already,
 * unless it is the application's own, and what servers set changes without anybody's doing.
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

  private static final int MOST_COOKIES = 32;

  public static Identity of(RequestHead request) {
    String authorization = request.headers().first("Authorization");
    boolean credential =
        authorization != null && !Authorization.parse(authorization).scheme().isEmpty();
    Set<String> rest = new TreeSet<>();
    Map<String, String> beside = new LinkedHashMap<>();
    boolean first = credential;
    for (Header field : request.headers()) {
      if (first && field.is("Authorization")) {
        first = false;
      } else if (field.is("Cookie")) {
        addCookies(credential ? null : rest, beside, field.value());
      } else if (!isOfRequest(field)) {
        rest.add(field.name().toLowerCase(Locale.ROOT) + ": " + field.value().strip());
      }
    }
    add(rest, "?", request.url().getRawQuery());
    add(rest, "@", userInfo(request.url()));
    String digest = rest.isEmpty() ? "" : String.valueOf(Digest.of(String.join("\n", rest)));
    return new Identity(Digest.ofCredential(authorization), digest, beside);
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

  /**
   * @param rest takes them where there is no token beside
   */
  private static void addCookies(
      @Nullable Set<String> rest, Map<String, String> beside, String cookies) {
    for (String each : List.of(cookies.split(";", -1))) {
      String pair = each.strip();
      int equals = pair.indexOf('=');
      String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
      if (!pair.isEmpty() && !OF_THE_WAY.contains(name.toLowerCase(Locale.ROOT))) {
        if (rest != null) {
          rest.add("cookie: " + pair);
        } else if (beside.size() < MOST_COOKIES) {
          String key = String.valueOf(Digest.of(equals < 0 ? "" : name));
          beside.put(key, String.valueOf(Digest.of(pair)));
        }
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
