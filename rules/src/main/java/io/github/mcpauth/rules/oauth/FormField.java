package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a field of an {@code application/x-www-form-urlencoded} body. */
public final class FormField {

  /** The decoded value of the first field with this name, or null. */
  public static @Nullable String of(Body body, String name) {
    String form = body.text();
    String start = name + '=';
    int at = 0;
    while (!form.startsWith(start, at)) {
      at = form.indexOf('&', at) + 1;
      if (at == 0) {
        return null;
      }
    }
    int end = form.indexOf('&', at);
    String value = form.substring(at + start.length(), end < 0 ? form.length() : end);
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The form with one field more, at its end. */
  public static String with(Body body, String name, String value) {
    String form = body.text();
    return form
        + (form.isEmpty() ? "" : "&")
        + name
        + '='
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The form without any field of this name. */
  public static String without(Body body, String name) {
    StringBuilder form = new StringBuilder();
    for (String pair : body.text().split("&", -1)) {
      if (!pair.startsWith(name + "=")) {
        form.append(form.length() == 0 ? "" : "&").append(pair);
      }
    }
    return form.toString();
  }

  private FormField() {}
}
