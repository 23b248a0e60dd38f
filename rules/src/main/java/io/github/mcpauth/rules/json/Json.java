package io.github.mcpauth.rules.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
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
    try (JsonParser parser = JsonParsers.of(text)) {
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
  public static String write(@Nullable Object value) {
    StringBuilder text = new StringBuilder(512);
    write(text, value);
    return text.toString();
  }

  // By hand but for the strings: Jackson's generators need its factory, and with that all parsers.
  private static void write(StringBuilder text, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof Map<?, ?> members) {
      text.append('{');
      String before = "";
      for (Map.Entry<?, ?> member : members.entrySet()) {
        text.append(before);
        string(text, String.valueOf(member.getKey()));
        text.append(':');
        write(text, member.getValue());
        before = ",";
      }
      text.append('}');
    } else if (value instanceof Iterable<?> values) {
      text.append('[');
      String before = "";
      for (Object each : values) {
        text.append(before);
        write(text, each);
        before = ",";
      }
      text.append(']');
    } else if (value instanceof Number number && isFinite(number)) {
      text.append(number);
    } else {
      string(text, value.toString());
    }
  }

  // JSON knows neither NaN nor infinity: RFC 8259 §6.
  private static boolean isFinite(Number number) {
    boolean floating = number instanceof Double || number instanceof Float;
    return !floating || Double.isFinite(number.doubleValue());
  }

  private static void string(StringBuilder text, String value) {
    if (isPlain(value)) {
      text.append('"').append(value).append('"');
      return;
    }
    StringBuilder quoted = new StringBuilder(value.length() + 16);
    JsonStringEncoder.getInstance().quoteAsString(value, quoted);
    text.append('"');
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c < 127) {
        text.append(c);
      } else {
        text.append("\\u").append(Integer.toHexString(c | 0x10000), 1, 5);
      }
    }
    text.append('"');
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private Json() {}
}
