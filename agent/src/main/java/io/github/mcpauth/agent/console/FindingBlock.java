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
    QUOTE("quote"),
    EVIDENCE("evidence"),
    OBSERVED("observed"),
    EXPECTED("expected"),
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
    evidence(entries, fields);
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
      case "" -> "nobody";
      default -> "the " + label.replace('-', ' ');
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

  /** Observed and expected stand below each other, so that they can be compared. */
  private static void evidence(List<Entry> entries, Map<String, Object> fields) {
    if (fields.get(Field.EVIDENCE.key()) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> seen) {
          String where = "exchange " + seen.get("exchange") + ", " + seen.get("where");
          add(entries, Kind.EVIDENCE, where);
          add(entries, Kind.OBSERVED, String.valueOf(seen.get("observed")));
          Object expected = seen.get("expected");
          add(entries, Kind.EXPECTED, expected == null ? "" : expected.toString());
        }
      }
    }
  }

  private static List<String> list(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        texts.add(String.valueOf(each));
      }
    }
    return texts;
  }

  private static String text(Map<String, Object> fields, Field field) {
    Object value = fields.get(field.key());
    return value == null ? "" : value.toString();
  }
}
