package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a secret that was itself a value, whose own value follows: {@code
 * {"name":"password","value":"…"}}, {@code <entry key="password">}, {@code form-data;
 * name="password"}.
 */
final class NameBefore {

  private static final int LONGEST = 64;

  /** How far from its name a value may be. */
  private static final int REACH = 400;

  /** What is called so has a name for its value. */
  private static final Set<String> OF_NAMES =
      Set.of(
          "name",
          "key",
          "id",
          "field",
          "param",
          "parameter",
          "property",
          "propertypath",
          "header",
          "variable",
          "var",
          "attribute",
          "arg",
          "option",
          "for");

  /** What is called so has the value of what was named before it. */
  private static final Set<String> OF_VALUES =
      Set.of(
          "value",
          "val",
          "content",
          "text",
          "data",
          "default",
          "defaultvalue",
          "invalidvalue",
          "rejectedvalue",
          "string");

  private final CharSequence text;
  private String name = "";
  private int at;

  NameBefore(CharSequence text) {
    this.text = text;
  }

  static boolean isOfNames(String word) {
    return OF_NAMES.contains(word.toLowerCase(Locale.ROOT));
  }

  static boolean isOfValues(String word) {
    return OF_VALUES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Remembers the word there if it is the name of a secret. */
  boolean keep(int start) {
    int end = Joiner.nameEnd(text, start);
    boolean word = end > start && end - start <= LONGEST && isAlone(end);
    String found = word ? text.subSequence(start, end).toString() : "";
    if (!word || !Credentials.of(found).isAtLeast(Level.AMBIGUOUS)) {
      return false;
    }
    name = found;
    at = end;
    return true;
  }

  private boolean isAlone(int end) {
    return end >= text.length() || "\"'<>\\,;&)]} \r\n".indexOf(text.charAt(end)) >= 0;
  }

  /** Whether one is near enough before that index. */
  boolean isNear(int index) {
    return !name.isEmpty() && index >= at && index - at < REACH;
  }

  /** Whether one is between these indexes. */
  boolean isSince(int start, int end) {
    return isNear(end) && at > start;
  }

  /** The name, which has its value now. */
  String take() {
    String taken = name;
    name = "";
    return taken;
  }
}
