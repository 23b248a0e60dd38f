package io.github.mcpauth.it.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One attack, as it is written in {@code attacks.txt}; the head of that file says how.
 *
 * @param settings of the agent, each the settings of a play of its own
 * @param hosts what servers are called by, where that is not 127.0.0.1
 * @param servers what each answers, the first that fits
 * @param steps what the host does
 * @param claims what must be true then
 */
record Scenario(
    String id,
    String title,
    List<String> settings,
    List<String> clients,
    Map<String, String> hosts,
    Map<String, List<String>> servers,
    List<String> steps,
    List<String> claims) {

  private static final List<String> FILES =
      List.of(
          "/attack/attacks.txt",
          "/attack/further.txt",
          "/attack/variants.txt",
          "/attack/strangers.txt");

  /** All of the files, in their order. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (String line : FILES.stream().flatMap(file -> lines(file).stream()).toList()) {
      if (line.startsWith("[")) {
        int end = line.indexOf(']');
        all.add(named(line.substring(1, end), line.substring(end + 1).strip()));
      } else if (all.isEmpty()) {
        throw new IllegalArgumentException("before the first scenario: " + line);
      } else {
        all.get(all.size() - 1).add(line);
      }
    }
    return all;
  }

  private static Scenario named(String id, String title) {
    return new Scenario(
        id,
        title,
        new ArrayList<>(),
        new ArrayList<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** The lines without comments; one that is indented goes on with the line before it. */
  private static List<String> lines(String file) {
    List<String> lines = new ArrayList<>();
    try (InputStream in = Scenario.class.getResourceAsStream(file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("     ")) {
          lines.add(lines.remove(lines.size() - 1) + ' ' + line.strip());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private void add(String line) {
    String[] words = line.split(" +", 2);
    String rest = words[1].strip();
    switch (words[0]) {
      case "with" -> settings.addAll(List.of(rest.split(" *\\| *")));
      case "on" -> clients.addAll(List.of(rest.split(" +")));
      case "is" -> hosts.put(rest.split(" +")[0], rest.split(" +")[1]);
      case "at" -> at(rest.split(" +", 2)[0], rest.split(" +", 2)[1]);
      case "do" -> steps(rest);
      case "so" -> claims.add(rest);
      default -> throw new IllegalArgumentException("no such line: " + line);
    }
  }

  private void at(String server, String rule) {
    List<String> rules = servers.computeIfAbsent(server, any -> new ArrayList<>());
    String[] words = rule.split(" +");
    switch (words[0]) {
      case "mcp" -> {
        // mcp <path> takes <token>,… issuer <URL>
        String path = words[1];
        for (String token : words[3].split(",")) {
          rules.add("ANY " + path + " bearer " + token + " -> ok");
        }
        rules.add("ANY " + path + " -> challenge");
        if (words.length > 4) {
          String document = Answers.wellKnown(path.replaceFirst("\\?.*", ""));
          rules.add("GET " + document + " -> prm @" + server + path + ' ' + words[5]);
        }
      }
      case "issuer" -> {
        // issuer <token> [member=value…]
        String members = words.length > 2 ? ' ' + rule.split(" +", 3)[2] : "";
        rules.add("GET /.well-known/oauth-authorization-server -> asm @" + server + members);
        rules.add("POST /token -> token " + words[1]);
      }
      default -> rules.add(rule);
    }
  }

  private void steps(String step) {
    String[] words = step.split(" +");
    if (!words[0].equals("discover")) {
      steps.add(step);
      return;
    }
    // discover <server/path> <issuer>
    int slash = words[1].indexOf('/');
    String server = words[1].substring(0, slash);
    String path = words[1].substring(slash).replaceFirst("\\?.*", "");
    steps.add("initialize " + words[1]);
    steps.add("GET " + server + Answers.wellKnown(path));
    steps.add("GET " + words[2] + "/.well-known/oauth-authorization-server");
  }
}
