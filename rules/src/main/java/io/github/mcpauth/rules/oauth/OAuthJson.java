package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads OAuth documents, which a hostile server may have written: bounded in depth and size. */
final class OAuthJson {

  /** The JSON object that the body is, or null where it is cut short, something else or broken. */
  @SuppressWarnings("unchecked") // The keys of what Json reads are strings.
  static @Nullable Map<String, @Nullable Object> object(Body body) {
    if (body.isEmpty() || !body.isWhole()) {
      return null;
    }
    try {
      return Json.read(body.bytes()) instanceof Map<?, ?> object
          ? (Map<String, @Nullable Object>) object
          : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  static byte[] write(Object value) {
    return Json.write(value).getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable String text(Map<String, @Nullable Object> object, String member) {
    return object.get(member) instanceof String text ? text : null;
  }

  static List<String> texts(Map<String, @Nullable Object> object, String member) {
    List<String> texts = new ArrayList<>();
    if (object.get(member) instanceof List<?> values) {
      for (Object value : values) {
        if (value instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private OAuthJson() {}
}
