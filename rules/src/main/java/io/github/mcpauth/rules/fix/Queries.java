package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.oauth.FormField;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and adds parameters of a URL's query. */
final class Queries {

  /** The decoded value of the first parameter with this name, or null. */
  static @Nullable String of(URI url, String name) {
    String query = url.getRawQuery();
    return query == null ? null : FormField.of(Body.of(query), name);
  }

  /** The URL with one parameter more, at the end of its query. */
  static URI with(URI url, String name, String value) {
    String text = url.toString();
    int hash = text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    String separator = url.getRawQuery() == null ? "?" : "&";
    return URI.create(
        before + separator + name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private Queries() {}
}
