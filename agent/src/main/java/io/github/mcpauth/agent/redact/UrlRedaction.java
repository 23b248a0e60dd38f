package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import io.github.mcpauth.rules.http.FormParameters;

/**
 * Shows of a URL what is known to be harmless: origin and path, but for labels and segments that
 * look like keys, and the parameters that are on the list. Userinfo and every other parameter's
 * value are masked.
 */
final class UrlRedaction {

  private final Masks masks;

  UrlRedaction(Masks masks) {
    this.masks = masks;
  }

  String redact(String url) {
    int hash = url.indexOf('#');
    String rest = hash < 0 ? url : url.substring(0, hash);
    int question = rest.indexOf('?');
    String place = place(question < 0 ? rest : rest.substring(0, question));
    String query = question < 0 ? "" : "?" + parameters(rest.substring(question + 1));
    String fragment = hash < 0 ? "" : "#" + parameters(url.substring(hash + 1));
    return masks.seen(place + query + fragment);
  }

  /** {@code a=1&code=2} with the values masked that are not known to be harmless. */
  String parameters(String text) {
    boolean hashed = isHashed(text);
    StringBuilder safe = new StringBuilder(text.length());
    for (FormParameters.Parameter each : FormParameters.of(text)) {
      safe.append(safe.isEmpty() ? "" : "&").append(name(each.rawName()));
      String raw = each.rawValue();
      if (raw != null) {
        String value = decoded(raw);
        String shown = value(each.name(), value, hashed);
        safe.append('=').append(shown.equals(value) ? raw : shown);
      }
    }
    return safe.toString();
  }

  /** Whether a challenge of these parameters is the hash of its verifier: RFC 7636 §4.3. */
  static boolean isHashed(String parameters) {
    boolean hashed = false;
    for (FormParameters.Parameter each : FormParameters.of(parameters)) {
      if (each.name().equals("code_challenge_method")) {
        if (!"S256".equals(each.value())) {
          return false; // It is the verifier itself, or one of both.
        }
        hashed = true;
      }
    }
    return hashed;
  }

  /** The name of a parameter, which may be a bare value as well. */
  String name(String raw) {
    String name = decoded(raw);
    boolean plain = isName(name) && !RandomText.isLikely(name);
    return plain ? masks.seen(raw) : masks.hidden(name);
  }

  /** {@code client_id}, {@code X-Amz-Date}, {@code filter[name]}: letters, few digits. */
  static boolean isName(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      digits += digit ? 1 : 0;
      if (!letter && !digit && "-_.[]:$".indexOf(c) < 0) {
        return false;
      }
    }
    return text.length() <= 64 && digits <= 3;
  }

  /** The value of a parameter, decoded, as it may be shown. */
  String value(String name, String value, boolean hashed) {
    if (name.equalsIgnoreCase("code_challenge")) {
      return hashed ? masks.identifier(value) : masks.secret("code_verifier", value);
    }
    if (Credentials.of(name).isAtLeast(Level.AMBIGUOUS)) {
      return masks.secret(name, value);
    }
    if (!HarmlessNames.isParameter(name)) {
      return masks.hidden(value);
    }
    return HarmlessNames.isIdentifier(name) ? masks.identifier(value) : text(value);
  }

  /** A text that may be a URL. */
  String text(String value) {
    return isUrl(value) ? redact(value) : masks.text(value);
  }

  static boolean isUrl(String value) {
    int colon = value.indexOf("://");
    return colon > 0 && colon < 20 && isName(value.substring(0, colon)) && value.indexOf(' ') < 0;
  }

  private String place(String place) {
    int scheme = place.indexOf("://");
    boolean network = place.startsWith("//"); // Without a scheme: RFC 3986 §4.2.
    int start = network ? 2 : scheme < 0 ? 0 : scheme + 3;
    int slash = place.indexOf('/', start);
    int end = slash < 0 ? place.length() : slash;
    String authority = place.substring(start, end);
    return place.substring(0, start)
        + (scheme < 0 && !network ? segment(authority) : authority(authority))
        + (slash < 0 ? "" : path(place.substring(slash)));
  }

  /** {@code user:password@host:port}, without what is before the host. */
  String authority(String authority) {
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    return at < 0 ? host(host) : userinfo(authority.substring(0, at)) + '@' + host(host);
  }

  private String userinfo(String userinfo) {
    int colon = userinfo.indexOf(':');
    if (colon != 0) {
      masks.secret("password", decoded(userinfo));
    }
    if (colon >= 0) {
      masks.secret("username", decoded(userinfo.substring(0, colon)));
      masks.secret("password", decoded(userinfo.substring(colon + 1)));
    }
    return "[redacted]";
  }

  /** {@code host:port}, with the labels masked that look like keys. */
  String host(String host) {
    StringBuilder safe = new StringBuilder(host.length());
    for (String label : host.split("\\.", -1)) {
      int colon = label.indexOf(':');
      String name = colon < 0 ? label : label.substring(0, colon);
      safe.append(safe.isEmpty() ? "" : ".");
      safe.append(RandomText.isLikely(name) ? masks.key(name) : name);
      safe.append(colon < 0 ? "" : label.substring(colon));
    }
    return safe.toString();
  }

  private String path(String path) {
    StringBuilder safe = new StringBuilder(path.length());
    String before = "";
    for (String segment : path.substring(1).split("/", -1)) {
      int semicolon = segment.indexOf(';');
      String plain = semicolon < 0 ? segment : segment.substring(0, semicolon);
      safe.append('/').append(named(before, plain) ? key(plain) : segment(plain));
      before = plain;
      if (semicolon >= 0) {
        safe.append(';').append(parameters(segment.substring(semicolon + 1)));
      }
    }
    return safe.toString();
  }

  /** {@code /token/x7Qp2v}: behind a name, what is no word. */
  private static boolean named(String name, String segment) {
    return Credentials.of(name).isAtLeast(Level.AMBIGUOUS)
        && ValueShape.isMixed(decoded(segment))
        && !RandomText.isUuid(segment);
  }

  private String key(String raw) {
    return masks.key(decoded(raw));
  }

  private String segment(String raw) {
    String segment = decoded(raw);
    int mark = mark(segment);
    String name = mark < 0 ? "" : segment.substring(0, mark);
    if (Credentials.of(name)
        .isAtLeast(Level.AMBIGUOUS)) { // Before its looks: the value comes back.
      return segment.substring(0, mark + 1) + masks.secret(name, segment.substring(mark + 1));
    }
    if (RandomText.isLikely(segment)) {
      return masks.key(segment);
    }
    String safe = masks.text(segment);
    return safe.equals(segment) ? raw : safe;
  }

  /** Where a name in a segment ends and its value begins: {@code /token=x7}; -1 in most. */
  private static int mark(String segment) {
    int equals = segment.indexOf('=');
    return equals < 0 ? segment.indexOf(':') : equals;
  }

  /** Decoded as in a form; as it is where that cannot be. */
  static String decoded(String text) {
    return FormParameters.decoded(text);
  }
}
