package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells the servers of one process apart: origin, path and query. The parameters of a query
 * that change with the user or the session tell no servers apart, and are left out; so their values
 * stand nowhere.
 */
final class ServerKey {

  /** A longer one is nobody's: the tables that peers feed are bounded in bytes. */
  private static final int LONGEST = 2048;

  private static final Set<String> OF_USER_OR_SESSION =
      Set.of(
          "accesstoken",
          "apikey",
          "auth",
          "authorization",
          "authtoken",
          "code",
          "key",
          "pat",
          "password",
          "secret",
          "session",
          "sessionid",
          "sid",
          "sig",
          "signature",
          "token",
          "transportid",
          "xapikey");

  /** The key of a URL, or null where it has no origin or is too long to be kept. */
  static @Nullable String of(URI url) {
    String canonical = Urls.canonical(url);
    String query = url.getRawQuery();
    if (canonical == null || query == null || query.isEmpty()) {
      return canonical == null || canonical.length() > LONGEST ? null : canonical;
    }
    StringBuilder key = new StringBuilder(canonical);
    char separator = '?';
    for (FormParameters.Parameter each : FormParameters.of(query)) {
      if (tellsApart(each.rawName().toLowerCase(Locale.ROOT))) {
        key.append(separator).append(each.written());
        separator = '&';
      }
    }
    return key.length() > LONGEST ? null : key.toString();
  }

  /** Whether a URL has a query, and nothing of it tells servers apart: as a stream names it. */
  static boolean namesSession(URI url) {
    String key = of(url);
    return key != null && url.getRawQuery() != null && key.indexOf('?') < 0;
  }

  private static boolean tellsApart(String parameter) {
    return !OF_USER_OR_SESSION.contains(parameter.replace("_", "").replace("-", ""));
  }

  /**
   * Whether a URL is at, or above, another one: same origin, and its path is the other's or ends at
   * a segment of it (RFC 8707 §2, RFC 9728 §3). A slash at the end counts for nothing.
   */
  static boolean covers(URI above, URI url) {
    Origin origin = Origin.of(above);
    if (origin == null || !origin.contains(url)) {
      return false;
    }
    boolean query = above.getRawQuery() == null || above.getRawQuery().equals(url.getRawQuery());
    return query && isAbove(path(above), path(url));
  }

  private static boolean isAbove(String upper, String lower) {
    return upper.equals(lower)
        || (lower.startsWith(upper + "/") && !leadsOut(lower.substring(upper.length())));
  }

  /**
   * Whether a server may read something in a path as dot segments (RFC 3986 §5.2.4): as they are,
   * encoded once or more, with parameters or another kind of slash. Where it leads is not known.
   */
  private static boolean leadsOut(String path) {
    if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
      return false;
    }
    String plain = path.toLowerCase(Locale.ROOT);
    while (plain.contains("%25")) {
      plain = plain.replace("%25", "%");
    }
    plain = plain.replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").replace('\\', '/');
    for (String segment : plain.replace("%3b", ";").split("/", -1)) {
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      if (name.equals(".") || name.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a URL is another one, as far as they differ by a slash at the end or by no query. */
  static boolean isAt(URI named, URI url) {
    return covers(named, url) && path(named).equals(path(url));
  }

  /** Whether two keys differ by a slash at the end of the path, and by nothing else. */
  static boolean differBySlash(String one, String other) {
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    int query = shorter.indexOf('?');
    int end = query < 0 ? shorter.length() : query;
    return longer.length() == shorter.length() + 1
        && longer.charAt(end) == '/'
        && longer.startsWith(shorter.substring(0, end))
        && longer.endsWith(shorter.substring(end));
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private ServerKey() {}
}
