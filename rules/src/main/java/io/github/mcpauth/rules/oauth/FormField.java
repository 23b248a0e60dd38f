package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a field of an {@code application/x-www-form-urlencoded} body. */
public final class FormField {

  /** The decoded value of the first field with this name, or null. */
  public static @Nullable String of(Body body, String name) {
    for (String pair : body.text().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals == name.length() && pair.startsWith(name)) {
        try {
          return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return null;
  }

  private FormField() {}
}
