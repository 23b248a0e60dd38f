package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads OAuth documents, which a hostile server may have written: bounded in depth and size. */
final class OAuthJson {

  /** An object; empty where there is none. No lambda, which is dear at its first use. */
  private static final class Document
      implements Function<Body, Optional<Map<String, @Nullable Object>>> {
    @Override
    @SuppressWarnings("unchecked") // The keys of what Json reads are strings.
    public Optional<Map<String, @Nullable Object>> apply(Body body) {
      try {
        return Json.read(body.bytes()) instanceof Map<?, ?> object
            ? Optional.of(Collections.unmodifiableMap((Map<String, @Nullable Object>) object))
            : Optional.empty();
      } catch (IOException | StackOverflowError e) {
        return Optional.empty();
      }
    }
  }

  private static final Document DOCUMENT = new Document();

  /** The JSON object that the body is, or null where it is cut short, something else or broken. */
  static @Nullable Map<String, @Nullable Object> object(Body body) {
    return body.isEmpty() || !body.isWhole() ? null : body.as(DOCUMENT).orElse(null);
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

  /**
   * Members that are there with another type than they must have, in words.
   *
   * @param texts members that must be texts
   * @param lists members that must be arrays of texts
   */
  static List<String> wrongTypes(
      Map<String, @Nullable Object> object, List<String> texts, List<String> lists) {
    List<String> wrong = new ArrayList<>();
    for (String member : texts) {
      Object value = object.get(member);
      if (object.containsKey(member) && !(value instanceof String)) {
        wrong.add(member + " is " + kind(value) + ", and must be a string");
      }
    }
    for (String member : lists) {
      Object value = object.get(member);
      if (!object.containsKey(member)) {
        continue;
      }
      if (!(value instanceof List<?> values)) {
        wrong.add(member + " is " + kind(value) + ", and must be an array of strings");
      } else if (!values.isEmpty() && !(values.get(0) instanceof String)) {
        wrong.add(
            member + " is an array with " + kind(values.get(0)) + ", and must be one of strings");
      }
    }
    return wrong;
  }

  /** Members that hold a URL which is not absolute, in words. */
  static List<String> relative(Map<String, @Nullable Object> object, List<String> members) {
    List<String> wrong = new ArrayList<>();
    for (String member : members) {
      if (object.get(member) instanceof String url && !url.isBlank() && !url.contains("://")) {
        wrong.add(member + " is \"" + url + "\", and must be an absolute URL");
      }
    }
    return wrong;
  }

  /** What kind of JSON value it is, in words. */
  static String kind(@Nullable Object value) {
    if (value instanceof String) {
      return "a string";
    }
    if (value instanceof List<?>) {
      return "an array";
    }
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    return value == null ? "null" : "a number";
  }

  private OAuthJson() {}
}
