package io.github.mcpauth.agent.check.target;

import io.github.mcpauth.rules.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names and values of headers as users give them. */
public final class GivenHeader {

  /** A token (RFC 9110 §5.6.2). */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /**
   * Headers as they are typed.
   *
   * @param lines {@code "name: value"}, the value with placeholders
   */
  public static Headers all(List<String> lines, Map<String, String> environment)
      throws TargetException {
    Headers headers = Headers.NONE;
    Placeholders placeholders = new Placeholders(environment);
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new TargetException("a header is \"name: value\"; one that was given has no name");
      }
      String value = placeholders.fill(line.substring(colon + 1));
      headers = headers.plus(name(line.substring(0, colon).strip()), value(value));
    }
    return headers;
  }

  static String name(String name) throws TargetException {
    if (!NAME.matcher(name).matches()) {
      throw new TargetException("not a header's name: " + name);
    }
    return name;
  }

  /** Without the line's end that a file leaves there. */
  static String value(String value) throws TargetException {
    String stripped = value.strip();
    if (stripped.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw new TargetException("a header's value has a line break, or another control character");
    }
    return stripped;
  }

  private GivenHeader() {}
}
