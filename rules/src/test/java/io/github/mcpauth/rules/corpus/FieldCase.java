package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A case that somebody reported, and the verdict that is right; {@code corpus/field} tells how it
 * is written.
 *
 * @param rules the findings that are right; empty where there must be none but notes
 * @param actors the parties of which one must act
 * @param says words of the true cause: each entry must be in the finding, one of its alternatives
 * @param step words of the step that helps, in the remedy, likewise
 */
public record FieldCase(
    String name,
    String title,
    List<String> rules,
    List<String> actors,
    List<String> says,
    List<String> step,
    List<String> steps) {

  /** How right a diagnosis is. */
  public enum Verdict {
    RIGHT,
    /** The right finding with something missing, or not alone. */
    PART,
    WRONG,
    SILENT
  }

  private static final String CHALLENGED = "init -> 401 hint json b='{\"error\":\"unauthorized\"}'";
  private static final List<String> DISCOVERY =
      List.of(
          CHALLENGED,
          "prm -> 200 prm",
          "asm -> 200 asm with=',\"token_endpoint_auth_methods_supported\":"
              + "[\"none\",\"client_secret_basic\",\"client_secret_post\"]'");
  private static final List<String> REGISTERED =
      plus(
          DISCOVERY,
          "register with=',\"application_type\":\"native\",\"token_endpoint_auth_method\":\"none\"'"
              + " -> 201 json b='{\"client_id\":\"client-1\",\"redirect_uris\":"
              + "[\"http://localhost:1234/cb\"],\"token_endpoint_auth_method\":\"none\"}'");
  private static final List<String> LOGIN =
      plus(REGISTERED, "code -> 200 issued=A rt=R1 scope=mcp:read");
  private static final Map<String, List<String>> MACROS =
      Map.of("@discovery", DISCOVERY, "@registered", REGISTERED, "@login", LOGIN);

  private static final String ASKED = System.getProperty("mcpauth.cases");

  /** Whether some cases are asked for, and not all: {@code -Dmcpauth.cases=<pattern>}. */
  public static boolean someAreAskedFor() {
    return ASKED != null;
  }

  /** Whether a case is asked for: the pattern is all of its name, or of the name of its file. */
  public static boolean isAskedFor(String file, String name) {
    return ASKED == null || name.matches(ASKED) || file.matches(ASKED);
  }

  /** The files in {@code corpus/field}, sorted. */
  static List<String> files() {
    try (Stream<Path> files = Files.list(Row.CORPUS.resolve("field"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All cases of a file in {@code corpus/field}. */
  static List<FieldCase> read(String file) {
    List<FieldCase> cases = new ArrayList<>();
    blocks(Row.text("field/" + file)).forEach(block -> cases.add(of(block)));
    return cases;
  }

  /** The cases of a file's text, each as it is written. */
  public static List<String> blocks(String text) {
    return Stream.of(text.split("(?m)^== ", -1))
        .filter(block -> !block.isBlank() && !block.startsWith("#"))
        .toList();
  }

  /** The name of the case that is written so. */
  public static String name(String block) {
    return block.substring(0, block.indexOf(':'));
  }

  /** The case that is written so. */
  public static FieldCase of(String block) {
    String[] lines = block.split("\n", -1);
    int colon = lines[0].indexOf(':');
    FieldCase read =
        new FieldCase(
            lines[0].substring(0, colon),
            lines[0].substring(colon + 1).strip(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    boolean silent = false;
    for (String line : List.of(lines).subList(1, lines.length)) {
      int space = line.indexOf(' ');
      String word = space < 0 ? line.strip() : line.substring(0, space);
      String rest = space < 0 ? "" : line.substring(space + 1).strip();
      switch (word) {
        case ">" -> read.steps.addAll(expanded(rest));
        case "rule" -> read.rules.addAll(List.of(rest.split(" *\\| *", -1)));
        case "who" -> read.actors.addAll(List.of(rest.split(" *\\| *", -1)));
        case "says" -> read.says.addAll(List.of(lower(rest).split(", +", -1)));
        case "step" -> read.step.addAll(List.of(lower(rest).split(", +", -1)));
        case "silent" -> silent = true;
        case "from", "note", "", "#" -> {}
        default -> throw new IllegalArgumentException(read.name + ": " + line);
      }
    }
    boolean complete = !read.rules.isEmpty() && !read.actors.isEmpty() && !read.says.isEmpty();
    if (silent ? !read.rules.isEmpty() : !complete || read.step.isEmpty()) {
      throw new IllegalArgumentException(read.name + ": rule, who, says and step, or silent");
    }
    return read;
  }

  /** How right the findings about a case are. */
  public Verdict judge(List<Finding> findings) {
    List<Finding> serious =
        findings.stream().filter(each -> each.severity() != Severity.NOTE).toList();
    if (rules.isEmpty()) {
      return serious.isEmpty() ? Verdict.RIGHT : Verdict.WRONG;
    }
    if (findings.isEmpty()) {
      return Verdict.SILENT;
    }
    boolean alone = (serious.isEmpty() ? findings : serious).size() == 1;
    Verdict best = Verdict.WRONG;
    for (Finding finding : findings) {
      Verdict verdict = judge(finding);
      boolean better = verdict.ordinal() < best.ordinal();
      best = better ? verdict : best;
    }
    return best == Verdict.RIGHT && !alone ? Verdict.PART : best;
  }

  private Verdict judge(Finding finding) {
    boolean named = rules.stream().anyMatch(rule -> isNamed(rule, finding));
    boolean party = actors.contains(finding.actor().label());
    String text = finding.title() + ' ' + finding.message() + ' ' + quote(finding);
    boolean told = has(says, text) && has(step, String.join(" ", finding.remedy()));
    if (named && party && told) {
      return Verdict.RIGHT;
    }
    return named || (party && told) ? Verdict.PART : Verdict.WRONG;
  }

  /** The steps that a name like {@code @login} stands for, or the step itself. */
  static List<String> expanded(String step) {
    return MACROS.getOrDefault(step, List.of(step));
  }

  static boolean isNamed(String rule, Finding finding) {
    Object cause = finding.details().get("mcpauth.cause");
    return rule.equals(finding.rule()) || rule.equals(finding.rule() + "(" + cause + ")");
  }

  private static String quote(Finding finding) {
    return finding.quote() == null ? "" : finding.quote();
  }

  private static boolean has(List<String> wanted, String text) {
    String lower = lower(text);
    return wanted.stream()
        .allMatch(each -> List.of(each.split("\\|", -1)).stream().anyMatch(lower::contains));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static List<String> plus(List<String> steps, String step) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return List.copyOf(more);
  }
}
