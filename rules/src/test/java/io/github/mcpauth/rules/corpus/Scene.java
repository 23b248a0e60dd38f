package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that may happen to a host, and what is true of it; {@code corpus/worlds} tells how it
 * is written.
 *
 * @param opens whether it is how a host and a server meet, rather than what happens later
 * @param weight how often it happens, beside the others
 * @param truth the rules whose findings are true; empty where nothing is wrong
 * @param actors the parties of which one must act
 */
record Scene(
    String name,
    boolean opens,
    int weight,
    List<String> truth,
    List<String> actors,
    List<String> steps) {

  private static final int ORDINARY_WEIGHT = 10;

  /** All scenes of a file in {@code corpus/worlds}. */
  static List<Scene> read(String file) {
    List<Scene> scenes = new ArrayList<>();
    for (String block : Row.text("worlds/" + file).split("(?m)^== ", -1)) {
      if (!block.isBlank() && !block.startsWith("#")) {
        scenes.add(of(List.of(block.split("\n", -1))));
      }
    }
    return scenes;
  }

  private static Scene of(List<String> lines) {
    String name = lines.get(0).substring(0, lines.get(0).indexOf(':'));
    boolean opens = false;
    int weight = ORDINARY_WEIGHT;
    List<String> truth = List.of();
    List<String> actors = List.of();
    List<String> steps = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      String rest = space < 0 ? "" : line.substring(space + 1).strip();
      switch (space < 0 ? line : line.substring(0, space)) {
        case "when" -> opens = rest.equals("open");
        case "weight" -> weight = Integer.parseInt(rest);
        case "truth" -> truth = rest.equals("none") ? List.of() : split(rest);
        case "who" -> actors = split(rest);
        case ">" -> steps.add(rest);
        case "" -> {}
        default -> throw new IllegalArgumentException(name + ": " + line);
      }
    }
    if (truth.isEmpty() != actors.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException(name + ": truth, who and steps, or truth none and steps");
    }
    return new Scene(name, opens, weight, truth, actors, List.copyOf(steps));
  }

  private static List<String> split(String text) {
    return List.of(text.split(" *\\| *", -1));
  }

  /** Whether a host and a server work with each other after it, in the session {@code S}. */
  boolean leadsOn() {
    return opens && truth.isEmpty() && text().contains("list $AUTH sid=S") || isLogin();
  }

  /** Whether it brings the token {@code A}. */
  boolean isLogin() {
    return opens && truth.isEmpty() && text().contains("list tok=A sid=S");
  }

  boolean needsLogin() {
    return text().contains("tok=A");
  }

  /** Whether it names no server of its own, so that it may happen at any. */
  boolean fitsAnyServer() {
    return !text().contains("example") && !text().contains("localhost") && !text().contains("@");
  }

  String text() {
    return String.join("\n", steps);
  }

  /** Whether a finding says what is true, and names a party that must act. */
  boolean isToldBy(Finding finding) {
    return actors.contains(finding.actor().label())
        && truth.stream().anyMatch(rule -> FieldCase.isNamed(rule, finding));
  }
}
