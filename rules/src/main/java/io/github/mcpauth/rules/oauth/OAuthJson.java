package io.github.mcpauth.rules.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mcpauth.rules.http.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads OAuth documents, which a hostile server may have written: bounded in depth and size. */
final class OAuthJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  /** The JSON object that the body is, or null where it is cut short, something else or broken. */
  static @Nullable JsonNode object(Body body) {
    if (body.isEmpty() || !body.isWhole()) {
      return null;
    }
    try {
      JsonNode node = MAPPER.readTree(body.bytes());
      return node != null && node.isObject() ? node : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + value.getClass(), e);
    }
  }

  static @Nullable String text(JsonNode object, String member) {
    JsonNode value = object.get(member);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  static List<String> texts(JsonNode object, String member) {
    List<String> texts = new ArrayList<>();
    JsonNode values = object.get(member);
    if (values != null && values.isArray()) {
      for (JsonNode value : values) {
        if (value.isTextual()) {
          texts.add(value.textValue());
        }
      }
    }
    return texts;
  }

  private OAuthJson() {}
}
