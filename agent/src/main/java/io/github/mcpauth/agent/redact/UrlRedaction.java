package io.github.mcpauth.agent.redact;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Masks what is secret in a URL: userinfo, parameters, and path segments that look like keys. */
final class UrlRedaction {

  private static final int SHORTEST_KEY = 20;

  private final Masks masks;

  UrlRedaction(Masks masks) {
    this.masks = masks;
  }

  String redact(String url) {
    int hash = url.indexOf('#');
    String fragment = hash < 0 ? "" : url.substring(hash + 1);
    String rest = hash < 0 ? url : url.substring(0, hash);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String place = question < 0 ? rest : rest.substring(0, question);
    return place(place)
        + (question < 0 ? "" : "?" + parameters(query))
        + (hash < 0 ? "" : "#" + parameters(fragment));
  }

  /** {@code a=1&code=2} with the values of secret names masked. */
  String parameters(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      safe.append(safe.isEmpty() ? "" : "&");
      if (equals < 0) {
        safe.append(masks.text(pair));
        continue;
      }
      String name = decoded(pair.substring(0, equals));
      String value = decoded(pair.substring(equals + 1));
      safe.append(pair, 0, equals + 1).append(value(name, value, pair.substring(equals + 1)));
    }
    return safe.toString();
  }

  private String value(String name, String value, String raw) {
    if (SecretNames.isSecret(name)) {
      return masks.secret(name, value);
    }
    boolean url = value.startsWith("http://") || value.startsWith("https://");
    String safe = url ? redact(value) : masks.text(value);
    return safe.equals(value) ? raw : safe;
  }

  private String place(String place) {
    int scheme = place.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int slash = place.indexOf('/', start);
    String authority = place.substring(start, slash < 0 ? place.length() : slash);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      masks.secret("", authority.substring(0, at));
      authority = "[redacted]" + authority.substring(at);
    }
    String path = slash < 0 ? "" : path(place.substring(slash));
    return masks.text(place.substring(0, start) + authority + path);
  }

  private String path(String path) {
    StringBuilder safe = new StringBuilder(path.length());
    for (String segment : path.substring(1).split("/", -1)) {
      int semicolon = segment.indexOf(';');
      String plain = semicolon < 0 ? segment : segment.substring(0, semicolon);
      safe.append('/').append(looksLikeKey(plain) ? masks.secret("", plain) : plain);
      if (semicolon >= 0) {
        safe.append(';').append(parameters(segment.substring(semicolon + 1)));
      }
    }
    return safe.toString();
  }

  /** Long, of letters and digits in no order a person would choose: one URL per user. */
  private static boolean looksLikeKey(String segment) {
    int digits = 0;
    int letters = 0;
    int changes = 0;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      digits += digit ? 1 : 0;
      letters += Character.isLetter(c) ? 1 : 0;
      changes += i > 0 && digit != Character.isDigit(segment.charAt(i - 1)) ? 1 : 0;
    }
    return segment.length() >= SHORTEST_KEY && digits >= 3 && letters >= 3 && changes >= 4;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
