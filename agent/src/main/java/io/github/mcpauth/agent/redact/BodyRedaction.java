package io.github.mcpauth.agent.redact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mcpauth.rules.http.Body;
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
  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
              .build());

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
    JsonNode json = json(body);
    if (json != null) {
      return document instanceof Document.Json ? safe("", json) : safe("", json).toString();
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

  private @Nullable JsonNode json(Body body) {
    if (!body.isWhole()) {
      return null;
    }
    try {
      JsonNode node = mapper.readTree(body.bytes());
      return node != null && node.isContainerNode() ? node : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  private Object safe(String name, JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> object = new LinkedHashMap<>();
      node.properties()
          .forEach(
              member -> {
                if (object.size() < MOST_MEMBERS) {
                  Object value = member(member.getKey(), member.getValue());
                  object.put(masks.text(member.getKey()), value);
                }
              });
      return object;
    }
    if (node.isArray()) {
      List<Object> array = new ArrayList<>();
      for (JsonNode each : node) {
        if (array.size() < MOST_MEMBERS) {
          array.add(safe(name, each));
        }
      }
      return array;
    }
    return node.isTextual() ? string(name, node.textValue()) : scalar(node);
  }

  private Object member(String name, JsonNode value) {
    boolean hidden = SecretNames.isSecret(name) && !value.isTextual() && !value.isNumber();
    return hidden && !value.isNull() && !value.isBoolean() ? "[redacted]" : safe(name, value);
  }

  private static Object scalar(JsonNode node) {
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isBoolean() ? node.booleanValue() : "null";
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
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    return masks.text(cut);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
