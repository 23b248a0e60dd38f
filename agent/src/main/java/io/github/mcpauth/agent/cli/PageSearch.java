package io.github.mcpauth.agent.cli;

import io.github.mcpauth.rules.engine.Catalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules whose pages carry a text that somebody saw: the whole of it first, then those
 * that share its rarer words. What stands under "What you see" counts most.
 */
final class PageSearch {

  private static final String SEEN = "## What you see";
  private static final double AS_A_WHOLE = 1000;
  private static final double AS_A_PART = 100;

  /** A shorter one, such as a status, or a single word says too little by itself. */
  private static final int SHORTEST_QUOTE = 12;

  private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");
  private static final double ENOUGH = 0.5; // Of the words, in one line.
  private static final double NEARLY = 0.65; // Of the words, in the page.
  private static final int MOST = 5;

  /**
   * A rule and the line of its page that fits.
   *
   * @param isSure whether the page has the text as it was given, or quotes a part of it
   */
  record Hit(String rule, String line, boolean isSure, double score) {}

  private final Map<String, String> pages = new HashMap<>();
  private final Map<String, Integer> pagesWithWord = new HashMap<>();

  PageSearch() {
    for (String rule : Catalogue.ruleNames()) {
      String page = Objects.requireNonNull(Catalogue.page(rule));
      pages.put(rule, page);
      for (String word : words(page)) {
        pagesWithWord.merge(word, 1, Integer::sum);
      }
    }
  }

  /** The likeliest first, at most five; none where no page has much of it. */
  List<Hit> find(String text) {
    Set<String> words = words(text);
    List<Hit> hits = new ArrayList<>();
    for (String rule : Catalogue.ruleNames()) {
      Hit hit = hit(rule, text, words);
      if (hit != null) {
        hits.add(hit);
      }
    }
    if (hits.stream().anyMatch(Hit::isSure)) {
      hits.removeIf(hit -> !hit.isSure());
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::rule));
    return hits.subList(0, Math.min(MOST, hits.size()));
  }

  private @Nullable Hit hit(String rule, String text, Set<String> words) {
    String page = Objects.requireNonNull(pages.get(rule));
    int seen = page.indexOf(SEEN);
    int end = page.indexOf("\n## ", seen + 1);
    String wanted = flat(text);
    double ofPage = share(words, words(page));
    Hit best = null;
    int at = 0;
    for (String line : page.split("\n", -1)) {
      if (line.startsWith("Related: ")) {
        break;
      }
      boolean isSeen = seen >= 0 && at > seen && at < end;
      Hit hit = hit(rule, line, isSeen, wanted, words);
      if (best == null || hit.score() > best.score()) {
        best = hit;
      }
      at += line.length() + 1;
    }
    boolean enough = best != null && (best.isSure() || best.score() >= ENOUGH || ofPage >= NEARLY);
    return enough ? best : null;
  }

  private Hit hit(String rule, String line, boolean isSeen, String wanted, Set<String> words) {
    String flat = flat(line);
    String shown = line.strip();
    int weight = isSeen ? 2 : 1;
    if (!wanted.isEmpty() && flat.contains(wanted)) {
      // A line that says little else is about that text; one that says much names it among others.
      double score = AS_A_WHOLE + weight * ((double) wanted.length() / flat.length());
      return new Hit(rule, shown, true, score);
    }
    int quoted = isSeen ? longestQuote(line, wanted) : 0;
    return quoted > 0
        ? new Hit(rule, shown, true, AS_A_PART + quoted)
        : new Hit(
            rule, shown, false, share(words, words(line)) * (line.startsWith("# ") ? 1.5 : 1));
  }

  /** How much of the words is there, by weight: from 0 to 1. */
  private double share(Set<String> words, Set<String> there) {
    double total = 0;
    double shared = 0;
    for (String word : words) {
      total += weight(word);
      shared += there.contains(word) ? weight(word) : 0;
    }
    return total == 0 ? 0 : shared / total;
  }

  /** The length of the longest text that the line quotes and the given one contains. */
  private static int longestQuote(String line, String wanted) {
    int longest = 0;
    Matcher quotes = QUOTE.matcher(line);
    while (quotes.find()) {
      String quote = flat(quotes.group(1));
      boolean telling = quote.length() >= SHORTEST_QUOTE && quote.contains(" ");
      if (telling && wanted.contains(quote)) {
        longest = Math.max(longest, quote.length());
      }
    }
    return longest;
  }

  /** A word that is on few pages tells more. */
  private double weight(String word) {
    return Math.log(1 + (double) pages.size() / (1 + pagesWithWord.getOrDefault(word, 0)));
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : flat(text).split(" ", -1)) {
      if (word.length() > 1) {
        words.add(word);
      }
    }
    return words;
  }

  /** In small letters, with one space for whatever is neither letter nor digit. */
  private static String flat(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
