package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.oauth.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scopes that a server names in the words of its refusal, where no challenge does. */
public final class NamedScope {

  /** What stands before them. */
  private static final String[] LEADS = {
    "required scopes:",
    "required scope:",
    "missing scopes:",
    "missing scope:",
    "required scope",
    "missing scope",
    "scopes:",
    "scope:",
    "scopes",
    "scope",
    "requires the",
    "requires"
  };

  private static final String AROUND = "[]()'\"`’‘.,;:";
  private static final String INSIDE = ":._/-";
  private static final int MOST = 5;

  /** Them, in their order; none where the words name none for sure. */
  public static List<String> in(Said said) {
    if (!said.isQuoted() || said.text() == null) {
      return List.of();
    }
    String text = said.text();
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains("scope") || lower.length() != text.length()) {
      return List.of();
    }
    for (String lead : LEADS) {
      int at = lower.indexOf(lead);
      if (at >= 0) {
        List<String> named = after(text.substring(at + lead.length()), lead.endsWith(":"));
        if (!named.isEmpty()) {
          return named;
        }
      }
    }
    return List.of();
  }

  /** A row's step, with the scopes that the answer names. */
  public static String step(Wording words, Said said) {
    List<String> named = words.cause().equals("scope") ? in(said) : List.of();
    return named.isEmpty() ? words.step() : words.step() + ": " + String.join(" ", named);
  }

  /**
   * The words that look like names of scopes, up to the first that does not.
   *
   * @param announced whether the first is one for sure
   */
  private static List<String> after(String text, boolean announced) {
    List<String> found = new ArrayList<>();
    for (String raw : Scopes.split(text.replace(',', ' '))) {
      String word = trimmed(raw);
      boolean sure = found.isEmpty() && announced && !word.isEmpty();
      boolean quoted = raw.length() > word.length() + 1 && "'\"`‘’".indexOf(raw.charAt(0)) >= 0;
      if (!sure && !quoted && !looksLikeOne(word)) {
        break;
      }
      found.add(word);
      if (found.size() == MOST || ".;".indexOf(raw.charAt(raw.length() - 1)) >= 0) {
        break;
      }
    }
    return found;
  }

  private static boolean looksLikeOne(String word) {
    boolean inside = false;
    for (int i = 1; i < word.length() - 1; i++) {
      inside |= INSIDE.indexOf(word.charAt(i)) >= 0;
    }
    return inside && !word.contains("//");
  }

  private static String trimmed(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && AROUND.indexOf(word.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && AROUND.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(start, end);
  }

  private NamedScope() {}
}
