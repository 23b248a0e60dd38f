package io.github.mcpauth.agent.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The parts of a text that are to be masked; of several that overlap, the longest gives its mask.
 */
final class FoundSecrets {

  /** A part of the text. */
  private record Found(int start, int end, String mask) {}

  private final List<Found> found = new ArrayList<>(0);

  void add(int start, int end, String mask) {
    found.add(new Found(start, end, mask));
  }

  /** The text that they were found in, with masks in their place. */
  String masked(String text) {
    if (found.isEmpty()) {
      return text;
    }
    found.sort(Comparator.comparingInt(Found::start).thenComparingInt(each -> -each.end()));
    StringBuilder masked = new StringBuilder(text.length());
    int done = 0;
    Found open = null;
    for (Found each : found) {
      if (open != null && each.start() < open.end()) {
        boolean longer = each.end() - each.start() > open.end() - open.start();
        String mask = longer ? each.mask() : open.mask();
        open = new Found(open.start(), Math.max(open.end(), each.end()), mask);
        continue;
      }
      if (open != null) {
        masked.append(text, done, open.start()).append(open.mask());
        done = open.end();
      }
      open = each;
    }
    if (open != null) {
      masked.append(text, done, open.start()).append(open.mask());
      done = open.end();
    }
    return masked.append(text, done, text.length()).toString();
  }
}
