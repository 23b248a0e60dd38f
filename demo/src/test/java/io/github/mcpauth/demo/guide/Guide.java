package io.github.mcpauth.demo.guide;

import io.github.mcpauth.demo.server.Fault;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, whose commands stand in comments: {@code <!-- shell forbidden}, then
 * a line each, then {@code -->}. The word is the server's fault; a second one is the folder of an
 * example, a copy of which they run in. What they print stands below.
 */
final class Guide {

  private static final Pattern SHELL =
      Pattern.compile(
          "(?ms)^<!-- shell ([a-z-]+(?: [a-z-]+)?)\\n(.*?)\\n-->\\n(?:```text\\n.*?^```\\n)?");

  private static final Path DOCS = Path.of("../docs");

  private final Path agent;

  Guide(Path agent) {
    this.agent = agent;
  }

  /** The page with each of its commands run anew. */
  String run(String page) throws Exception {
    Matcher found = SHELL.matcher(page);
    StringBuilder written = new StringBuilder();
    while (found.find()) {
      String shown = transcript(found.group(1), found.group(2));
      String comment = "<!-- shell " + found.group(1) + "\n" + found.group(2) + "\n-->\n";
      found.appendReplacement(
          written, Matcher.quoteReplacement(comment + "```text\n" + shown + "```\n"));
    }
    return found.appendTail(written).toString();
  }

  /** Commands, each behind {@code $}, with what they print. */
  String transcript(String world, String commands) throws Exception {
    StringBuilder shown = new StringBuilder();
    String[] words = world.split(" ");
    try (Session session = new Session(agent, Fault.named(words[0]))) {
      if (words.length > 1) {
        session.copy(DOCS.resolve(words[1]));
      }
      for (String command : commands.lines().toList()) {
        String printed = session.run(command);
        shown.append("$ ").append(command).append('\n');
        shown.append(printed).append(printed.isEmpty() ? "" : "\n");
      }
    }
    return shown.toString();
  }
}
