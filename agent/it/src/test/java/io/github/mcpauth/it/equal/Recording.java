package io.github.mcpauth.it.equal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a host observed of each call, and what its server got.
 *
 * @param host by seed, in order
 * @param server by seed, in order
 */
record Recording(Map<Integer, List<String>> host, Map<Integer, List<String>> server) {

  private static final int SHOWN_BEFORE = 100;
  private static final int SHOWN = 400;

  /** Takes a program's output apart: a seed, a space, a line. */
  static Recording of(String stdout, Map<Integer, List<String>> server) {
    Map<Integer, List<String>> host = new TreeMap<>();
    for (String line : stdout.split("\n")) {
      int space = line.indexOf(' ');
      boolean isNumbered = space > 0 && line.chars().limit(space).allMatch(Character::isDigit);
      int seed = isNumbered ? Integer.parseInt(line.substring(0, space)) : -1;
      host.computeIfAbsent(seed, key -> new ArrayList<>()).add(line.substring(space + 1));
    }
    return new Recording(host, server);
  }

  /** The seeds of which something differs. */
  List<Integer> differing(Recording other) {
    TreeSet<Integer> seeds = new TreeSet<>(host.keySet());
    seeds.addAll(server.keySet());
    seeds.addAll(other.host.keySet());
    seeds.addAll(other.server.keySet());
    return seeds.stream().filter(seed -> !of(seed).equals(other.of(seed))).toList();
  }

  /** All that is known of one call, line by line. */
  List<String> of(int seed) {
    List<String> all = new ArrayList<>();
    host.getOrDefault(seed, List.of()).forEach(line -> all.add("host   " + line));
    server.getOrDefault(seed, List.of()).forEach(line -> all.add("server " + line));
    return all;
  }

  /** The first line of one call that differs, in both. */
  String difference(int seed, Recording other) {
    List<String> here = of(seed);
    List<String> there = other.of(seed);
    int same = 0;
    while (same < here.size() && same < there.size() && here.get(same).equals(there.get(same))) {
      same++;
    }
    return Generator.call(seed)
        + "\n  after "
        + same
        + " equal lines\n  without: "
        + line(here, same, from(here, there, same))
        + "\n  with:    "
        + line(there, same, from(here, there, same));
  }

  /** From which character on it is worth while to show two lines. */
  private static int from(List<String> here, List<String> there, int number) {
    if (number >= here.size() || number >= there.size()) {
      return 0;
    }
    String one = here.get(number);
    String other = there.get(number);
    int same = 0;
    while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return Math.max(0, same - SHOWN_BEFORE);
  }

  private static String line(List<String> lines, int number, int from) {
    String line = number < lines.size() ? lines.get(number) : "nothing more";
    return (from == 0 ? "" : "…")
        + line.substring(Math.min(from, line.length()), Math.min(line.length(), from + SHOWN));
  }
}
