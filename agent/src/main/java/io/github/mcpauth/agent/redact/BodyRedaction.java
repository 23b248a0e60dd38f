package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Masks what is secret in a body. What cannot be parsed as announced is not shown. */
final class BodyRedaction {

  private static final int MOST_MEMBERS = 500;
  private static final int LONGEST_TEXT = 2048;

  private final Masks masks;
  private final UrlRedaction urls;

  BodyRedaction(Masks masks, UrlRedaction urls) {
    this.masks = masks;
    this.urls = urls;
  }

  @Nullable Object redact(Document document) {
    Body body = document.body();
    if (body.isEmpty()) {
      return null;
    }
    if (document instanceof Document.Form) {
      return form(body.text());
    }
    Object json = json(body);
    if (json != null) {
      return document instanceof Document.Json ? safe("", json) : Json.write(safe("", json));
    }
    return document instanceof Document.Text ? text(body) : "[" + body.size() + " bytes, no JSON]";
  }

  private Map<String, Object> form(String text) {
    Map<String, Object> safe = new LinkedHashMap<>();
    for (String pair : text.split("&", MOST_MEMBERS)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      safe.put(masks.text(name), string(name, value));
    }
    return safe;
  }

  private static @Nullable Object json(Body body) {
    if (!body.isWhole()) {
      return null;
    }
    try {
      Object value = Json.read(body.bytes());
      return value instanceof Map || value instanceof List ? value : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  private Object safe(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (object.size() < MOST_MEMBERS) {
          String key = String.valueOf(member.getKey());
          object.put(masks.text(key), member(key, member.getValue()));
        }
      }
      return object;
    }
    if (value instanceof List<?> values) {
      List<Object> array = new ArrayList<>();
      for (Object each : values) {
        if (array.size() < MOST_MEMBERS) {
          array.add(safe(name, each));
        }
      }
      return array;
    }
    if (value instanceof String text) {
      return string(name, text);
    }
    return value == null ? "null" : value;
  }

  private Object member(String name, @Nullable Object value) {
    boolean structured = value instanceof Map || value instanceof List;
    return structured && SecretNames.isSecret(name) ? "[redacted]" : safe(name, value);
  }

  private String string(String name, String value) {
    if (SecretNames.isSecret(name)) {
      return masks.secret(name, value);
    }
    boolean url = value.startsWith("http://") || value.startsWith("https://");
    return url ? urls.redact(value) : masks.text(value);
  }

  private String text(Body body) {
    String text = body.text();
    for (int i = 0; i < Math.min(text.length(), 512); i++) {
      if (text.charAt(i) == 0 || text.charAt(i) == '\uFFFD') {
        return "[" + body.size() + " bytes, binary]";
      }
    }
    String safe = masks.text(text);
    return safe.length() > LONGEST_TEXT ? safe.substring(0, LONGEST_TEXT) + "…" : safe;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
