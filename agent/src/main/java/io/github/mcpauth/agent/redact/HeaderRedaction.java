package io.github.mcpauth.agent.redact;

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
 * gives of all others the length only.
 */
final class HeaderRedaction {

  private static final int MOST = 100;
  private static final int LONGEST = 1024;

  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "age",
          "allow",
          "alt-svc",
          "cache-control",
          "cf-cache-status",
          "cf-mitigated",
          "cf-ray",
          "connection",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "date",
          "expect",
          "expires",
          "host",
          "http2-settings",
          "keep-alive",
          "last-modified",
          "mcp-method",
          "mcp-protocol-version",
          "origin",
          "pragma",
          "retry-after",
          "server",
          "strict-transport-security",
          "transfer-encoding",
          "traceparent",
          "upgrade",
          "user-agent",
          "vary",
          "via",
          "www-authenticate",
          "proxy-authenticate",
          "x-accel-buffering",
          "x-amzn-requestid",
          "x-amzn-trace-id",
          "x-cache",
          "x-content-type-options",
          "x-frame-options",
          "x-powered-by",
          "x-request-id",
          "x-correlation-id",
          "access-control-allow-origin",
          "access-control-expose-headers");

  private static final Set<String> URLS =
      Set.of("location", "content-location", "referer", "refresh", "link");

  private final Masks masks;
  private final UrlRedaction urls;

  HeaderRedaction(Masks masks, UrlRedaction urls) {
    this.masks = masks;
    this.urls = urls;
  }

  Map<String, List<String>> redact(Headers headers) {
    Map<String, List<String>> safe = new LinkedHashMap<>();
    for (Header field : headers) {
      put(safe, field, value(field));
    }
    return safe;
  }

  Map<String, List<String>> names(Headers headers) {
    redact(headers); // Learns what is secret in them.
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
    String name = masks.text(field.name().toLowerCase(Locale.ROOT));
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
    if (name.equals("authorization") || name.equals("proxy-authorization")) {
      return authorization(value);
    }
    if (name.equals("cookie") || name.equals("set-cookie")) {
      return cookies(value);
    }
    if (SecretNames.isSecret(name)) {
      return masks.secret(name, value);
    }
    if (URLS.contains(name)) {
      return cut(urls.redact(value));
    }
    return HARMLESS.contains(name) ? cut(masks.text(value)) : length(field);
  }

  private String authorization(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      return masks.secret("", value);
    }
    String scheme = value.substring(0, space);
    String credentials = value.substring(space + 1).strip();
    boolean basic = scheme.equalsIgnoreCase("basic");
    String mask = masks.secret(basic ? "password" : "", credentials);
    return masks.text(scheme) + ' ' + mask;
  }

  private String cookies(String value) {
    StringBuilder safe = new StringBuilder();
    for (String part : value.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
      boolean attribute =
          !safe.isEmpty()
              && Set.of("path", "domain", "expires", "max-age", "samesite", "secure", "httponly")
                  .contains(name.toLowerCase(Locale.ROOT));
      safe.append(safe.isEmpty() ? "" : "; ").append(name);
      if (equals >= 0) {
        String cookie = part.substring(equals + 1).strip();
        safe.append('=').append(attribute ? cookie : masks.secret("cookie", cookie));
      }
    }
    return cut(safe.toString());
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
