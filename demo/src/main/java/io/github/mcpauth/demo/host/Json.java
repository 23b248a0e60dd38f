package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON documents. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static JsonNode parse(String text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("not JSON", e);
    }
  }

  static String write(Map<String, ?> document) {
    return MAPPER.writeValueAsString(document);
  }

  static String required(JsonNode json, String member) throws IOException {
    String value = optional(json, member);
    if (value == null) {
      throw new IOException("the document has no " + member);
    }
    return value;
  }

  static @Nullable String optional(JsonNode json, String member) {
    String value = json.path(member).asString("");
    return value.isEmpty() ? null : value;
  }

  static @Nullable URI url(JsonNode json, String member) {
    String value = optional(json, member);
    return value == null ? null : URI.create(value);
  }

  /** The strings of an array; none if there is no such member. */
  static List<String> strings(JsonNode json, String member) {
    List<String> strings = new ArrayList<>();
    for (JsonNode each : json.path(member)) {
      strings.add(each.asString(""));
    }
    return strings;
  }

  private Json() {}
}
