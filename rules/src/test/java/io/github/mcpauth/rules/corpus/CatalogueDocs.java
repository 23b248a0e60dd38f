package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the rules' pages, and writes the reference page {@code RULES.md} of catalogue and pages.
 */
final class CatalogueDocs {

  static final String UPDATE =
      "mvn -pl rules test -Dtest=CatalogueDocsTest -Dmcpauth.docs.update=true";

  static final String PAGES = "src/main/resources/io/github/mcpauth/rules/pages";

  private static final Pattern CAUSE = Pattern.compile("(?m)^\\| `([a-z0-9_-]+)` \\|");

  /** The areas of the catalogue, and the part of the corpus that has the rows of their rules. */
  private static final Map<String, String> AREAS = areas();

  /**
   * A rule's page.
   *
   * @param sections text by heading, in the order of the page
   */
  record Page(String heading, Map<String, String> sections, List<String> related, String text) {

    static Page of(String rule) {
      String text = Objects.requireNonNull(Catalogue.page(rule), rule);
      String[] parts = text.split("(?m)^## ");
      Map<String, String> sections = new LinkedHashMap<>();
      String related = "";
      for (int i = 1; i < parts.length; i++) {
        String[] part = parts[i].split("\n", 2);
        int end = part[1].lastIndexOf("\nRelated: ");
        related = end < 0 ? "" : part[1].substring(end + "\nRelated: ".length()).strip();
        sections.put(part[0], (end < 0 ? part[1] : part[1].substring(0, end)).strip());
      }
      List<String> names = related.isEmpty() ? List.of() : List.of(related.split(", "));
      return new Page(parts[0].strip(), sections, names, text);
    }

    List<String> causes() {
      Matcher row = CAUSE.matcher(sections.getOrDefault("Causes", ""));
      return row.results().map(result -> result.group(1)).toList();
    }
  }

  /** Every cause that a row of the corpus expects, by rule. */
  static Map<String, Set<String>> expectedCauses() {
    Map<String, Set<String>> causes = new LinkedHashMap<>();
    Row.files().stream()
        .flatMap(file -> Row.read(file).stream())
        .map(Row::expected)
        .filter(expected -> expected != null && expected.endsWith(")"))
        .forEach(
            expected -> {
              int open = expected.indexOf('(');
              String cause = expected.substring(open + 1, expected.length() - 1);
              causes
                  .computeIfAbsent(expected.substring(0, open), rule -> new TreeSet<>())
                  .add(cause);
            });
    return causes;
  }

  /** What {@code RULES.md} must say. */
  static String reference() {
    List<String> lines = new ArrayList<>();
    lines.add("# Rules");
    lines.add("");
    lines.add("<!-- Generated from the catalogue and the pages: " + UPDATE + " -->");
    lines.add("");
    lines.add(
        "What the agent names. *Who acts* is who must usually act; a cause may name another."
            + " A fix is off by default;");
    lines.add(
        "its property takes `on`, `dry-run` or `off`. *safe*: no hostile or second party can make");
    lines.add("it send, repeat or show anything that would not have been without it.");
    lines.add("*changes-requests*: all others; `mcpauth.autofix=safe` leaves them off.");
    AREAS.forEach(
        (area, file) -> {
          Set<String> rules = Row.read(file).stream().map(Row::section).collect(Collectors.toSet());
          lines.add("");
          lines.add("## " + area);
          lines.add("");
          lines.add("| rule | what it means | severity | who acts | causes | fix |");
          lines.add("|---|---|---|---|---|---|");
          Catalogue.infos().stream()
              .filter(info -> rules.contains(info.name()))
              .map(CatalogueDocs::row)
              .forEach(lines::add);
        });
    return String.join("\n", lines) + "\n";
  }

  private static String row(RuleInfo info) {
    String link = "[" + info.name() + "](" + PAGES + "/" + info.name() + ".md)";
    List<String> causes = Page.of(info.name()).causes();
    String fix =
        info.fixProperty() == null
            ? "–"
            : "`" + info.fixProperty() + "` (" + info.fixSafety().label() + ")";
    return "| "
        + String.join(
            " | ",
            link,
            info.title(),
            info.severity().label(),
            info.actor().label(),
            causes.isEmpty() ? "–" : "`" + String.join("`, `", causes) + "`",
            fix)
        + " |";
  }

  private static Map<String, String> areas() {
    Map<String, String> areas = new LinkedHashMap<>();
    areas.put("Connection", "transport.txt");
    areas.put("Redirects", "redirect.txt");
    areas.put("Size of the request's head", "headers.txt");
    areas.put("Credentials", "credentials.txt");
    areas.put("Discovery", "discovery.txt");
    areas.put("Client registration and login", "registration.txt");
    areas.put("Tokens", "token.txt");
    areas.put("Sessions and event streams", "session.txt");
    areas.put("Transport, revision, media types", "version.txt");
    areas.put("Other refusals", "refusal.txt");
    return areas;
  }

  private CatalogueDocs() {}
}
