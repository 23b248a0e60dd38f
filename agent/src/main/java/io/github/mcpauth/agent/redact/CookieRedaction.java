package io.github.mcpauth.agent.redact;

import java.util.Locale;
import java.util.Set;

/** Shows the names of cookies and the attributes that are defined for them: RFC 6265 §4. */
final class CookieRedaction {

  private static final Set<String> ATTRIBUTES =
      Set.of("expires", "max-age", "samesite", "secure", "httponly", "partitioned", "priority");

  private final Masks masks;

  CookieRedaction(Masks masks) {
    this.masks = masks;
  }

  /** {@code Cookie}: whatever the name, each is a cookie. */
  String sent(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    for (String part : value.split(";", -1)) {
      safe.append(safe.isEmpty() ? "" : "; ").append(cookie(part.strip()));
    }
    return safe.toString();
  }

  /** {@code Set-Cookie}: a cookie, then attributes. */
  String set(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    for (String part : value.split(";", -1)) {
      String each = part.strip();
      safe.append(safe.isEmpty() ? cookie(each) : "; " + attribute(each));
    }
    return safe.toString();
  }

  private String cookie(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      return masks.secret("cookie", pair);
    }
    String name = pair.substring(0, equals);
    String value = pair.substring(equals + 1);
    String plain = value.replace("\"", "");
    if (!plain.equals(value)) {
      masks.secret("cookie", plain);
    }
    return masks.urls().name(name) + '=' + masks.secret("cookie", value);
  }

  private String attribute(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("path")) {
      return name + '=' + masks.urls().redact(value);
    }
    if (lower.equals("domain")) {
      return name + '=' + masks.seen(masks.urls().authority(value));
    }
    if (ATTRIBUTES.contains(lower)) {
      return equals < 0 ? name : name + '=' + masks.text(value);
    }
    return cookie(pair);
  }
}
