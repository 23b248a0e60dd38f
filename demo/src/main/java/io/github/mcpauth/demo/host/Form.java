package io.github.mcpauth.demo.host;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns fields into {@code application/x-www-form-urlencoded} text and back (RFC 6749 App. B). */
final class Form {

  static final String TYPE = "application/x-www-form-urlencoded";

  static String write(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static Map<String, String> read(@Nullable String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : (text == null ? "" : text).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        fields.put(pair.substring(0, equals), value);
      }
    }
    return fields;
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Form() {}
}
