package io.github.mcpauth.agent.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the log's reference and its JSON Schema (2020-12) out of {@link Field} and {@link
 * EventName}.
 */
final class LogReference {

  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> NUMBER = Map.of("type", "integer");

  /** The tables of LOG.md. */
  static String tables() {
    StringBuilder text = new StringBuilder();
    text.append("## Every line\n\n");
    List<Field> all = new ArrayList<>(EventName.ENVELOPE);
    all.addAll(EventName.SOMETIMES);
    table(text, all, EventName.ENVELOPE);
    for (EventName event : EventName.values()) {
      text.append("\n## `").append(event.label()).append("`\n\n");
      text.append(event.meaning()).append("\n\n");
      List<Field> fields = new ArrayList<>(event.required());
      fields.addAll(event.optional());
      table(text, fields, event.required());
    }
    return text.toString();
  }

  private static void table(StringBuilder text, List<Field> fields, List<Field> required) {
    text.append("| field | type | meaning |\n|---|---|---|\n");
    for (Field field : fields) {
      text.append("| `").append(field.key()).append("` | ").append(type(field));
      text.append(required.contains(field) ? "" : ", may be missing");
      text.append(" | ").append(field.meaning()).append(" |\n");
    }
  }

  private static String type(Field field) {
    return switch (field.type()) {
      case TEXT -> "text";
      case TIME -> "time";
      case WHOLE_NUMBER -> "whole number";
      case DECIMAL -> "number";
      case FLAG -> "true or false";
      case TEXTS -> "list of texts";
      case TEXTS_BY_NAME -> "object: lists of texts by name";
      case TEXT_BY_NAME -> "object: texts by name";
      case NUMBER_BY_NAME -> "object: whole numbers by name";
      case DOCUMENT -> "object: the peer's";
      case EVIDENCE -> "list of objects";
    };
  }

  /** The schema of a line. */
  static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "One line of the log of mcp-auth-agent");
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : Field.values()) {
      properties.put(field.key(), type(field.type()));
    }
    properties.put(Field.SCHEMA.key(), Map.of("const", LineFormat.SCHEMA));
    schema.put("properties", properties);
    schema.put("required", keys(EventName.ENVELOPE));
    schema.put("additionalProperties", false);
    List<Object> events = new ArrayList<>();
    for (EventName event : EventName.values()) {
      events.add(event(event));
    }
    schema.put("oneOf", events);
    return schema;
  }

  /** What a line of one event must have, and may have beside that. */
  private static Map<String, Object> event(EventName event) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : EventName.ENVELOPE) {
      properties.put(field.key(), true);
    }
    properties.put(Field.EVENT_NAME.key(), Map.of("const", event.label()));
    for (List<Field> fields : List.of(EventName.SOMETIMES, event.required(), event.optional())) {
      for (Field field : fields) {
        properties.put(field.key(), true);
      }
    }
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("properties", properties);
    rule.put("additionalProperties", false);
    // Of a line that was too long, what is missing is named instead.
    rule.put(
        "anyOf",
        List.of(
            Map.of("required", keys(event.required())),
            Map.of("required", List.of(Field.TRUNCATED.key()))));
    if (event == EventName.HTTP_EXCHANGE) {
      rule.put(
          "oneOf",
          List.of(
              Map.of("required", List.of(Field.STATUS.key())),
              Map.of(
                  "required",
                  List.of(Field.ERROR_TYPE.key(), Field.FAILURE.key()),
                  "not",
                  Map.of("required", List.of(Field.STATUS.key())))));
    }
    return rule;
  }

  private static List<String> keys(List<Field> fields) {
    return fields.stream().map(Field::key).toList();
  }

  private static Map<String, Object> type(FieldType type) {
    return switch (type) {
      case TEXT -> TEXT;
      case TIME -> Map.of("type", "string", "format", "date-time");
      case WHOLE_NUMBER -> NUMBER;
      case DECIMAL -> Map.of("type", "number");
      case FLAG -> Map.of("type", "boolean");
      case TEXTS -> Map.of("type", "array", "items", TEXT);
      case TEXTS_BY_NAME -> object(Map.of("type", "array", "items", TEXT));
      case TEXT_BY_NAME -> object(TEXT);
      case NUMBER_BY_NAME -> object(NUMBER);
      case DOCUMENT -> Map.of("type", "object");
      case EVIDENCE ->
          Map.of(
              "type",
              "array",
              "items",
              Map.of(
                  "type",
                  "object",
                  "properties",
                  Map.of("exchange", NUMBER, "where", TEXT, "observed", TEXT, "expected", TEXT),
                  "required",
                  List.of("exchange", "where", "observed"),
                  "additionalProperties",
                  false));
    };
  }

  private static Map<String, Object> object(Map<String, Object> members) {
    return Map.of("type", "object", "additionalProperties", members);
  }

  private LogReference() {}
}
