package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Letters;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites {@code WWW-Authenticate}: {@code Bearer resource_metadata="…"} (RFC 9728 §5.1) comes
 * first, since hosts look at the first line only; what the server said stays.
 */
final class ChallengeHeader {

  private static final String NAME = "WWW-Authenticate";

  /** The same head as 401, with this document in its Bearer challenge. */
  static ResponseHead naming(ResponseHead response, URI document) {
    Headers headers = withParameter(response.headers(), "resource_metadata", document.toString());
    return response.withStatus(401).withHeaders(headers);
  }

  /** These fields with a parameter set in the Bearer challenge, which comes first. */
  static Headers withParameter(Headers headers, String name, String value) {
    List<Header> changed = new ArrayList<>();
    String bearer = null;
    for (Header field : headers) {
      if (field.is(NAME) && bearer == null && startsWithBearer(field.value())) {
        bearer = field.value().strip();
      } else if (field.is(NAME) && bearer == null && bearerIn(field.value()) >= 0) {
        int at = bearerIn(field.value());
        bearer = field.value().substring(at);
        String before = field.value().substring(0, at).strip();
        changed.add(new Header(NAME, before.substring(0, before.length() - 1).strip()));
      } else {
        changed.add(field);
      }
    }
    String rest = bearer == null ? "" : without(bearer.substring("Bearer".length()), name).strip();
    String completed = "Bearer " + name + '=' + quoted(value) + (rest.isEmpty() ? "" : ", " + rest);
    changed.add(0, new Header(NAME, completed));
    return Headers.of(changed);
  }

  /** As a quoted string (RFC 9110 §5.6.4): a scope, for one, may be anything that a peer likes. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c < ' ' || c == 0x7f ? ' ' : c);
    }
    return quoted.append('"').toString();
  }

  /** Whether a host that looks at the first line only can use the hint. */
  static boolean isUsable(Headers headers, String hint, McpServer server, Instant now) {
    String first = headers.first(NAME);
    boolean leads = first != null && startsWithBearer(first) && first.contains(hint);
    URI url = Urls.parse(hint);
    Origin origin = url == null ? null : Origin.of(url);
    Origin home = server.origin();
    boolean fell =
        origin != null
            && home != null
            && origin.scheme().equals("http")
            && home.scheme().equals("https");
    return leads && origin != null && !fell && !inVain(hint, server, now);
  }

  /** The hint as a URL in the server's own origin, where it can be made one; else null. */
  static @Nullable URI absolute(@Nullable String hint, McpServer server, Instant now) {
    URI url = Urls.parse(hint);
    Origin home = server.origin();
    if (url == null || home == null || hint == null || inVain(hint, server, now)) {
      return null;
    }
    URI resolved = server.endpoint().resolve(url);
    Origin there = Origin.of(resolved);
    boolean fell =
        there != null && home.isHttps() && !there.isHttps() && home.host().equals(there.host());
    URI upgraded = fell ? Urls.parse(home + resolved.getRawPath()) : resolved;
    return upgraded == null
            || Origin.of(upgraded) == null
            || inVain(upgraded.toString(), server, now)
        ? null
        : upgraded;
  }

  private static boolean inVain(String url, McpServer server, Instant now) {
    return server.discovery().isMissing(url, now);
  }

  private static boolean startsWithBearer(String challenge) {
    return bearerIn(challenge) == 0;
  }

  /** Where a line's Bearer challenge begins, after others; -1 where it has none. */
  private static int bearerIn(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    String stripped = lower.strip();
    if (stripped.equals("bearer") || stripped.startsWith("bearer ")) {
      return 0;
    }
    int at = lower.indexOf(", bearer");
    int after = at + ", bearer".length();
    boolean scheme = at > 0 && (after == lower.length() || lower.charAt(after) == ' ');
    boolean quoted =
        at > 0 && lower.substring(0, at).chars().filter(c -> c == '"').count() % 2 == 1;
    return scheme && !quoted ? at + 2 : -1;
  }

  /** A challenge's parameters without one of them. */
  private static String without(String parameters, String name) {
    String left = parameters;
    int start = 0;
    while (start < parameters.length()) {
      int end = parameterEnd(parameters, start + 1);
      if (isNamed(parameters, start, name)) {
        left = parameters.substring(0, start) + parameters.substring(end);
        break;
      }
      start = end;
    }
    String first = left.strip();
    return first.startsWith(",") ? first.substring(1).strip() : first;
  }

  /** Whether a parameter, which may have a comma before it, has that name. */
  private static boolean isNamed(String parameters, int start, String name) {
    int comma = parameters.startsWith(",", start) ? start + 1 : start;
    int at = Letters.spaceEnd(parameters, comma);
    int equals = Letters.spaceEnd(parameters, at + name.length());
    return parameters.regionMatches(true, at, name, 0, name.length())
        && parameters.startsWith("=", equals);
  }

  /** The comma behind a parameter, outside of quotes (RFC 9110 §5.6.4), or the end. */
  private static int parameterEnd(String parameters, int from) {
    boolean quoted = false;
    for (int i = from; i < parameters.length(); i++) {
      char c = parameters.charAt(i);
      quoted ^= c == '"';
      i += quoted && c == '\\' ? 1 : 0;
      if (c == ',' && !quoted) {
        return i;
      }
    }
    return parameters.length();
  }

  private ChallengeHeader() {}
}
