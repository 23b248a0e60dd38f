package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.log.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a finding, wherever it is shown: stderr, terminals, HTML and Markdown differ in
 * the looks alone.
 *
 * @param severity {@code error}, {@code warning} or {@code note}
 * @param entries in the order in which they are read
 */
public record FindingBlock(String severity, String rule, String title, List<Entry> entries) {

  /** What an entry tells of. */
  public enum Kind {
    SERVER("server"),
    SEEN("seen"),
    QUOTE("server says"),
    EVIDENCE("evidence"),
    ACTOR("who"),
    REMEDY("do"),
    FIX("auto-fix"),
    SPEC("rests on"),
    COUNT("seen times");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * A labelled paragraph, or several.
   *
   * @param texts a peer may have had a hand in them
   */
  public record Entry(Kind kind, List<String> texts) {}

  public FindingBlock {
    entries = List.copyOf(entries);
  }

  /**
   * The block of a line of the log.
   *
   * @param fields by their names in the log
   * @param count how often it was seen
   */
  public static FindingBlock of(Map<String, Object> fields, long count) {
    List<Entry> entries = new ArrayList<>();
    add(entries, Kind.SERVER, text(fields, Field.SERVER_URL));
    add(entries, Kind.SEEN, text(fields, Field.FINDING_TEXT));
    String quote = text(fields, Field.FINDING_QUOTE);
    add(entries, Kind.QUOTE, quote.isEmpty() ? "" : '"' + quote + '"');
    List<String> evidence = evidence(fields);
    if (!evidence.isEmpty()) {
      entries.add(new Entry(Kind.EVIDENCE, evidence));
    }
    String confidence = text(fields, Field.CONFIDENCE);
    String sure = confidence.isEmpty() ? "" : " (" + confidence + ")";
    add(entries, Kind.ACTOR, actor(text(fields, Field.ACTOR)) + " must act" + sure);
    List<String> steps = list(fields.get(Field.REMEDY.key()));
    if (!steps.isEmpty()) {
      entries.add(new Entry(Kind.REMEDY, steps));
    }
    String property = text(fields, Field.FIX_PROPERTY);
    String safety = text(fields, Field.FIX_SAFETY).replace('-', ' ');
    add(entries, Kind.FIX, property.isEmpty() ? "none" : property + "=on (" + safety + ")");
    add(entries, Kind.SPEC, text(fields, Field.SPEC));
    add(entries, Kind.COUNT, count > 1 ? String.valueOf(count) : "");
    return new FindingBlock(
        text(fields, Field.SEVERITY), text(fields, Field.RULE), text(fields, Field.TITLE), entries);
  }

  /** Who must act, as people call them: to a Java developer, a host is a machine. */
  public static String actor(String label) {
    return switch (label) {
      case "host" -> "your application";
      case "mcp-server" -> "the MCP server";
      case "authorization-server" -> "the authorization server";
      case "network" -> "the network";
      case "user" -> "the user";
      default -> label;
    };
  }

  /** The entry of that kind as one text; empty where there is none. */
  public String text(Kind kind) {
    for (Entry entry : entries) {
      if (entry.kind() == kind) {
        return String.join(" ", entry.texts());
      }
    }
    return "";
  }

  private static void add(List<Entry> entries, Kind kind, String text) {
    if (!text.isEmpty()) {
      entries.add(new Entry(kind, List.of(text)));
    }
  }

  private static List<String> evidence(Map<String, Object> fields) {
    List<String> evidence = new ArrayList<>();
    if (fields.get(Field.EVIDENCE.key()) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> seen) {
          Object expected = seen.get("expected");
          evidence.add(
              "exchange "
                  + seen.get("exchange")
                  + ", "
                  + seen.get("where")
                  + ": "
                  + seen.get("observed")
                  + (expected == null ? "" : "; expected " + expected));
        }
      }
    }
    return evidence;
  }

  private static List<String> list(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static String text(Map<String, Object> fields, Field field) {
    Object value = fields.get(field.key());
    return value == null ? "" : value.toString();
  }
}
