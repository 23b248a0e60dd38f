package io.github.mcpauth.it.field;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives each case hosts of its own, {@code c12.mcp.example} in the place of {@code mcp.example} and
 * an address of the loopback network in that of {@code 127.0.0.1:9}, where nobody listens: in one
 * process, the agent would otherwise take the servers of all cases for one.
 */
final class CaseHosts {

  private static final Pattern HOST =
      Pattern.compile("(?<![\\w.-])([a-z][a-z0-9-]*\\.(?:example|internal))(?![\\w])");
  private static final Pattern CASE = Pattern.compile("//c(\\d+)\\.");

  /** The text with the hosts of a case. */
  static String of(int number, String text) {
    return HOST.matcher(text)
        .replaceAll("c" + number + ".$1")
        .replace("127.0.0.1:9", "127.0.0." + (number + 2) + ":9");
  }

  /**
   * For a certificate: the names of all hosts of a text, as cases have them, and of those that are
   * meant where a case names none.
   */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>(Set.of("*.mcp.example", "*.as.example"));
    Matcher hosts = HOST.matcher(text);
    while (hosts.find()) {
      names.add("*." + hosts.group(1));
    }
    return names;
  }

  /** The case whose host a text names, or -1. */
  static int number(String text) {
    Matcher matcher = CASE.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private CaseHosts() {}
}
