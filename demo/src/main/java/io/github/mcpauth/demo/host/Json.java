package io.github.mcpauth.demo.host;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON documents. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static JsonNode parse(String text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("not JSON", e);
    }
  }

  static String required(JsonNode json, String member) throws IOException {
    String value = json.path(member).asString("");
    if (value.isEmpty()) {
      throw new IOException("the document has no " + member);
    }
    return value;
  }

  private Json() {}
}
