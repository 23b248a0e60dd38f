package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.http.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a step: split at blanks, single quotes keep them together. */
public final class Words {

  private final List<String> words = new ArrayList<>();

  public Words(String text) {
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : text.strip().toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        add(word);
      } else {
        word.append(c);
      }
    }
    add(word);
  }

  private void add(StringBuilder word) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** What kind of step it is. */
  public String first() {
    return words.get(0);
  }

  public boolean has(String word) {
    return words.contains(word);
  }

  /** What follows {@code name=}, or null. */
  public @Nullable String value(String name) {
    for (String word : words) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return null;
  }

  public String value(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }

  /** Every {@code H:name=value} as a header. */
  Headers headers(Headers start) {
    Headers headers = start;
    for (String word : words) {
      int equals = word.indexOf('=');
      if (word.startsWith("H:") && equals > 0) {
        headers = headers.plus(word.substring(2, equals), word.substring(equals + 1));
      }
    }
    return headers;
  }

  /** Splits at a separator outside of quotes. */
  public static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (!quoted && text.startsWith(separator, i)) {
        parts.add(text.substring(start, i).strip());
        start = i + separator.length();
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
