package io.github.mcpauth.rules.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.JsonParsers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a body, for who must not overlook one: servers differ in what they read of a batch
 * with odd members, of several texts in one body, or of a member that is there twice (RFC 8259 §4).
 */
public final class EveryMethod {

  private static final Function<Body, Optional<List<String>>> ALL =
      body -> Optional.ofNullable(of(body.bytes()));

  /** In order; null where a server may find another one in the body, or something else. */
  public static @Nullable List<String> of(Body body) {
    return body.as(ALL).orElse(null);
  }

  private static @Nullable List<String> of(byte[] body) {
    List<String> methods = new ArrayList<>(1);
    try (JsonParser json = JsonParsers.of(body)) {
      JsonToken first = json.nextToken();
      boolean whole =
          first == JsonToken.START_ARRAY ? readAll(json, methods) : read(json, first, methods);
      return whole && json.nextToken() == null ? methods : null;
    } catch (IOException cutOrNotJson) {
      return null;
    }
  }

  private static boolean readAll(JsonParser json, List<String> methods) throws IOException {
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (!read(json, next, methods)) {
        return false;
      }
    }
    return true;
  }

  private static boolean read(JsonParser json, @Nullable JsonToken start, List<String> methods)
      throws IOException {
    int found = 0;
    while (start == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
      // Go reads members in any case.
      boolean method = json.currentName().equalsIgnoreCase("method");
      if (json.nextToken() == JsonToken.VALUE_STRING && method) {
        methods.add(json.getText());
      }
      found += method ? 1 : 0;
      json.skipChildren();
    }
    return found == 1;
  }

  private EveryMethod() {}
}
