package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Letters;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a page into what it says of an error: its title, a heading, what stands below. */
final class Page {

  private static final Set<String> BARE =
      Set.of(
          "", // A status alone.
          "error",
          "forbidden",
          "error forbidden",
          "forbidden error forbidden",
          "error unauthorized",
          "ngrok",
          "action controller exception caught",
          "not found",
          "unauthorized",
          "bad request",
          "access denied",
          "internal server error",
          "service unavailable");

  /**
   * Titles of gateways that say no more than the status, so that what stands below is said, too.
   */
  private static final Set<String> STATUSES =
      Set.of(
          "bad gateway",
          "proxy error",
          "server error",
          "error server error",
          "an error occurred",
          "gateway time out",
          "gateway timeout",
          "request time out",
          "service temporarily unavailable",
          "error the request could not be satisfied",
          "service unavailable",
          "application error",
          "network error",
          "bad request",
          "error");

  /** The title of a page, else its first heading, else its first words. */
  static String said(String html) {
    String title = element(html, "title");
    String first = title == null || title.isBlank() ? null : title;
    boolean bare = first == null || isBare(first);
    for (String name : new String[] {"h1", "h2", "p"}) {
      String words = element(html, name);
      if (words == null || words.isBlank()) {
        continue;
      }
      if (bare || (name.equals("h1") && !isBare(words))) {
        first =
            first == null || words.contains(first) ? words : first.strip() + ": " + words.strip();
        bare &= isBare(words);
      }
    }
    boolean digits = bare && first != null && hasNoWords(first);
    if (first == null || digits || (bare && title == null)) {
      return words(html);
    }
    String heading = element(html, "h1");
    boolean same = heading == null || isBare(heading) || isStatus(heading);
    String status = title == null ? heading : title;
    return status != null && isStatus(status) && same ? withRest(status, html) : first;
  }

  /** A title, and what stands behind the first heading, or behind the title where there is none. */
  private static String withRest(String title, String html) {
    String lower = html.toLowerCase(Locale.ROOT);
    int heading = lower.indexOf("</h1>");
    int end = heading < 0 ? lower.indexOf("</title>") : heading;
    String rest = end < 0 ? "" : Letters.inOneLine(words(html.substring(end)));
    String said = unescaped(rest);
    boolean repeats = said.regionMatches(true, 0, title.strip(), 0, title.strip().length());
    return said.isEmpty() ? title : repeats ? said : title.strip() + ": " + said;
  }

  /** The marks that templates write as numbers (HTML, numeric character references). */
  private static String unescaped(String words) {
    return words
        .replace("&#39;", "'")
        .replace("&#32;", " ")
        .replace("&#35;", "#")
        .replace("&#46;", ".");
  }

  private static boolean isStatus(String words) {
    return STATUSES.contains(letters(words));
  }

  /** Whether words say no more than a status does. */
  private static boolean isBare(String words) {
    return BARE.contains(letters(words));
  }

  /** The letters of a text, as words parted by a blank. */
  private static String letters(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      letters.append(c >= 'a' && c <= 'z' ? c : ' ');
    }
    return Letters.inOneLine(letters.toString()).strip();
  }

  /** Whether it is the number of a status alone, or nothing. */
  private static boolean hasNoWords(String words) {
    String number = words.strip();
    return number.isEmpty() || Letters.areDigits(number);
  }

  /** The text of a page, without tags. */
  static String words(String html) {
    return Markup.words(html, "script", "style");
  }

  /** The text of the first element with this name, without tags; null where there is none. */
  static @Nullable String element(String markup, String name) {
    String lower = markup.toLowerCase(Locale.ROOT);
    int open = lower.indexOf('<' + name);
    int start = open < 0 ? -1 : lower.indexOf('>', open);
    int end = start < 0 ? -1 : lower.indexOf("</" + name, start);
    return end < 0 ? null : unescaped(Markup.words(markup.substring(start + 1, end)));
  }

  private Page() {}
}
