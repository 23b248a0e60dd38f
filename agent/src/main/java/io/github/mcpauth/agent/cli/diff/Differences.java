package io.github.mcpauth.agent.cli.diff;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recording.LoggedExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What differs between two exchanges that should be the same, but for what always does. */
final class Differences {

  /** Fingerprints have another key in each process: that there is one is all that can be said. */
  private static final Pattern FINGERPRINT = Pattern.compile("\\[fp:[0-9a-f]{12} len=(\\d+)\\]");

  private static final Pattern LOOPBACK_PORT =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1\\]):\\d+");

  private static final Set<String> ALWAYS_OTHER =
      Set.of("date", "content-length", "traceparent", "tracestate", "x-request-id", "set-cookie");

  /** {@code "request header accept: a, b; was a"}, at most one for each name. */
  static List<String> between(LoggedExchange good, LoggedExchange bad) {
    List<String> differences = new ArrayList<>();
    compare(differences, "server", good.url(), bad.url());
    for (Field field :
        List.of(
            Field.REQUEST_HEADERS,
            Field.REQUEST_FORM,
            Field.REQUEST_JSON,
            Field.RESPONSE_HEADERS,
            Field.RESPONSE_JSON)) {
      maps(differences, name(field), good.line().value(field), bad.line().value(field));
    }
    compare(
        differences,
        "answer's body",
        good.line().text(Field.RESPONSE_BODY),
        bad.line().text(Field.RESPONSE_BODY));
    long before = number(good, Field.REQUEST_HEADER_BYTES);
    long now = number(bad, Field.REQUEST_HEADER_BYTES);
    if (Math.abs(before - now) > 512) {
      differences.add("size of the request's head: " + now + " bytes; was " + before);
    }
    return differences;
  }

  private static String name(Field field) {
    return switch (field) {
      case REQUEST_HEADERS -> "request header ";
      case RESPONSE_HEADERS -> "answer's header ";
      case REQUEST_FORM -> "form field ";
      case REQUEST_JSON -> "request's member ";
      default -> "answer's member ";
    };
  }

  private static long number(LoggedExchange exchange, Field field) {
    return exchange.line().value(field) instanceof Number number ? number.longValue() : 0;
  }

  private static void maps(
      List<String> differences, String kind, @Nullable Object good, @Nullable Object bad) {
    Map<String, String> before = texts(good);
    Map<String, String> now = texts(bad);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!ALWAYS_OTHER.contains(name)) {
        compare(
            differences, kind + name, before.getOrDefault(name, ""), now.getOrDefault(name, ""));
      }
    }
  }

  private static Map<String, String> texts(@Nullable Object map) {
    Map<String, String> texts = new TreeMap<>();
    if (map instanceof Map<?, ?> members) {
      members.forEach(
          (name, value) ->
              texts.put(
                  String.valueOf(name),
                  value instanceof List<?> list
                      ? String.join(", ", list.stream().map(String::valueOf).toList())
                      : String.valueOf(value)));
    }
    return texts;
  }

  private static void compare(List<String> differences, String what, String good, String bad) {
    String before = same(good);
    String now = same(bad);
    if (!before.equals(now)) {
      differences.add(what + ": " + shown(bad) + "; was " + shown(good));
    }
  }

  private static String same(String text) {
    return LOOPBACK_PORT.matcher(FINGERPRINT.matcher(text).replaceAll("[secret]")).replaceAll("$1");
  }

  private static String shown(String text) {
    return text.isEmpty() ? "absent" : text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }

  private Differences() {}
}
