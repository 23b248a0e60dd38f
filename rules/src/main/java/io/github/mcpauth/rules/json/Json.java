package io.github.mcpauth.rules.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON, which a hostile server may have written, into plain values and back. The values are
 * maps, lists, strings, numbers, booleans and null. Jackson's core does it; its databind would
 * bring 400 classes into a host that waits for its first answer.
 */
public final class Json {

  /**
   * The first value of a text.
   *
   * @throws IOException where it is cut short, something else, or beyond the bounds
   */
  public static @Nullable Object read(byte[] text) throws IOException {
    try (JsonParser parser = JsonText.parser(text)) {
      return parser.nextToken() == null ? null : value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  /** The text of a value, in ASCII; what is none of the kinds above is written as its string. */
  public static String write(@Nullable Object value) throws IOException {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator generator = JsonText.generator(text)) {
      write(generator, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Map<?, ?> members) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        generator.writeFieldName(String.valueOf(member.getKey()));
        write(generator, member.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> values) {
      generator.writeStartArray();
      for (Object each : values) {
        write(generator, each);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else if (value instanceof Number number) {
      write(generator, number);
    } else {
      generator.writeString(value.toString());
    }
  }

  private static void write(JsonGenerator generator, Number number) throws IOException {
    if (number instanceof BigInteger big) {
      generator.writeNumber(big);
    } else if (number instanceof BigDecimal big) {
      generator.writeNumber(big);
    } else if (number instanceof Double || number instanceof Float) {
      generator.writeNumber(number.doubleValue());
    } else {
      generator.writeNumber(number.longValue());
    }
  }

  private Json() {}
}
