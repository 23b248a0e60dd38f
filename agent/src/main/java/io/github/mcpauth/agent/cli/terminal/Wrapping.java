package io.github.mcpauth.agent.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between words; a word that is longer than a line stays whole. */
public final class Wrapping {

  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private Wrapping() {}
}
