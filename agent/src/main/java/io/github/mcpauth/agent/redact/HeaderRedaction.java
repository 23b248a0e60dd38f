package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Shows the values of header fields that are known to be harmless, masks those that are secret, and
 * gives of all others the length only. What is not shown is remembered as a secret.
 */
final class HeaderRedaction {

  private static final int MOST = 100;
  private static final int LONGEST = 1024;

  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "age",
          "allow",
          "alt-svc",
          "cache-control",
          "cf-cache-status",
          "cf-mitigated",
          "connection",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "date",
          "expect",
          "expires",
          "keep-alive",
          "last-modified",
          "mcp-method",
          "mcp-protocol-version",
          "pragma",
          "retry-after",
          "server",
          "strict-transport-security",
          "te",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "vary",
          "via",
          "x-accel-buffering",
          "x-cache",
          "x-content-type-options",
          "x-frame-options",
          "x-powered-by");

  /** What a server can be asked about; it may look like a key. */
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "cf-ray",
          "http2-settings",
          "traceparent",
          "x-amzn-requestid",
          "x-amzn-trace-id",
          "x-correlation-id",
          "x-request-id");

  private final Masks masks;
  private final UrlRedaction urls;
  private final CookieRedaction cookies;
  private final ChallengeRedaction challenges;

  HeaderRedaction(Masks masks) {
    this.masks = masks;
    this.urls = masks.urls();
    this.cookies = new CookieRedaction(masks);
    this.challenges = new ChallengeRedaction(masks);
  }

  Map<String, List<String>> redact(Headers headers) {
    Map<String, List<String>> safe = new LinkedHashMap<>();
    for (Header field : headers) {
      put(safe, field, value(field));
    }
    return safe;
  }

  Map<String, List<String>> names(Headers headers) {
    Map<String, List<String>> safe = new LinkedHashMap<>();
    for (Header field : headers) {
      put(safe, field, length(field));
    }
    return safe;
  }

  Map<String, List<String>> clear(Headers headers) {
    Map<String, List<String>> clear = new LinkedHashMap<>();
    for (Header field : headers) {
      put(clear, field, field.value());
    }
    return clear;
  }

  private void put(Map<String, List<String>> map, Header field, String value) {
    String name = masks.text(urls.name(field.name().toLowerCase(Locale.ROOT)));
    if (map.size() < MOST || map.containsKey(name)) {
      List<String> values = map.get(name);
      if (values == null) {
        values = new ArrayList<>(1);
        map.put(name, values);
      }
      values.add(value);
    }
  }

  private String value(Header field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    String value = field.value();
    String safe =
        switch (name) {
          case "authorization", "proxy-authorization" -> challenges.credentials(value);
          case "www-authenticate", "proxy-authenticate" -> challenges.challenge(value);
          case "authentication-info", "proxy-authentication-info" -> challenges.challenge(value);
          case "cookie" -> cookies.sent(value);
          case "set-cookie" -> cookies.set(value);
          case "location", "content-location", "referer", "origin" -> urls.redact(value);
          case "host" -> masks.seen(urls.authority(value));
          default -> other(name, value);
        };
    return cut(safe);
  }

  private String other(String name, String value) {
    if (IDENTIFIERS.contains(name)) {
      return masks.identifier(value);
    }
    if (HARMLESS.contains(name)) {
      return masks.text(value);
    }
    if (!Credentials.ofHeader(name).isAtLeast(Level.AMBIGUOUS)) {
      return masks.hidden(value);
    }
    challenges.pair(value);
    return masks.secret(name, value);
  }

  private static String length(Header field) {
    return "[len=" + field.value().length() + "]";
  }

  private static String cut(String value) {
    return value.length() <= LONGEST
        ? value
        : value.substring(0, LONGEST) + "… (" + value.length() + " characters)";
  }
}
