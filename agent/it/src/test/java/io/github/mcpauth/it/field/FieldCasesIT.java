package io.github.mcpauth.it.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.rules.corpus.FieldCase;
import io.github.mcpauth.rules.corpus.FieldCase.Verdict;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reported cases of the corpus once more, from end to end: a host that sends the requests as
 * they were sent, with each of both HTTP clients, a server that answers as it was answered, the
 * real jar, and its log. {@code -Dmcpauth.cases=<pattern>} plays those alone of which it is the
 * name or the file, and fails where none of them can be played here.
 */
class FieldCasesIT {

  private static final Path CASES = Path.of("../../rules/src/test/resources/corpus/field");

  /** What a test over HTTP cannot do, or has no time for, and what of a case shows it. */
  private enum NotHere {
    WAITS("it waits for longer than the test has", "> wait (?:[4-9]|\\d{2,})"),
    WAITS_LONG(
        "it waits for longer than the test has",
        "> wait (?:12[1-9]|1[3-9]\\d|[2-9]\\d\\d|\\d{4,})"),
    LASTS(
        "a request takes longer than the test has",
        "> .*\\bms=(?:1[3-9]|[2-9]\\d|\\d{3,})\\d{3}\\b"),
    BELOW_HTTP(
        "it fails below HTTP in a way that this server cannot bring about: the rules are shown the"
            + " exception",
        "> (?!.*\\bto=http://127\\.0\\.0\\.1:9/).* -> !(?!CANCELLED"
            + "|TLS.* msg='(?:\\(certificate_required|Received fatal alert: |Unsupported or un)"
            + "|CLOSED.*\\bmsg='Connection reset')"
            + "(?:(?!CLOSED|TIMEOUT)|CLOSED.*\\bmsg=)"),
    ADDRESS(
        "its server is an address, or a name without a dot, which the names of the test cannot be",
        "> (?:at \\S*(?:localhost|docker\\.internal|\\d+\\.\\d+\\.\\d+\\.\\d+|//[^./]+[:/])"
            + "|.*\\bto='?http\\S*(?:localhost|(?<![\\d.])(?!127\\.0\\.0\\.1:9/)\\d+\\.\\d+\\.\\d+\\.\\d+))"),
    TIMER("the client's own timer of an open stream is not set here", "> .*\\btimes-out\\b"),
    CLOCK(
        "a token ends, or a clock differs, within the time that the test itself takes",
        "> (?:.*H:Date=|.*exp=-?[12]?\\d\\b)");

    final String why;
    private final Pattern shown;

    NotHere(String why, String shown) {
      this.why = why;
      this.shown = Pattern.compile("(?m)^" + shown);
    }

    /** The first that holds for a case, or null where it can be played: most of those given can. */
    static @Nullable NotHere of(String file, String block) {
      NotHere waits = GIVEN.contains(file) ? WAITS : WAITS_LONG;
      for (NotHere each : values()) {
        if (each != waits && each.shown.matcher(block).find()) {
          return each;
        }
      }
      return null;
    }
  }

  /** The reports that were given to us: for these there is time. */
  private static final List<String> GIVEN = List.of("oauth.txt", "transport.txt");

  private static final List<String> CLIENTS = List.of("jdk", "okhttp");
  private static final int AT_ONCE = 3;

  @TempDir Path folder;

  /** Each file of the corpus with its clients; they mostly wait, so some at the same time. */
  @TestFactory
  Stream<DynamicTest> whatIsSaidOverHttpIsWhatTheRulesSay() throws IOException {
    assertThat(playedAnywhere())
        .as("no case that can be played here has the name that -Dmcpauth.cases asks for")
        .isTrue();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    List<DynamicTest> tests = new ArrayList<>();
    List<CompletableFuture<?>> runs = new ArrayList<>();
    try (Stream<Path> files = Files.list(CASES)) {
      List<Path> sorted = files.sorted().toList();
      for (Path file : sorted) {
        String name = String.valueOf(file.getFileName());
        for (String client : clients(name, sorted.indexOf(file))) {
          CompletableFuture<Void> checked =
              CompletableFuture.runAsync(() -> check(file, client), pool);
          runs.add(checked);
          tests.add(DynamicTest.dynamicTest(name + " " + client, checked::join));
        }
      }
    }
    pool.shutdown();
    // One test alone may be run again, and the folder is deleted when it has ended.
    return tests.stream().onClose(() -> runs.forEach(run -> run.exceptionally(e -> null).join()));
  }

  /**
   * Both for what was given, and where cases are asked for; one of them for the rest: a rule that
   * is right with one client is seldom wrong with the other, and each takes minutes. None for lists
   * of wordings, which differ in the text of an answer alone.
   */
  private static List<String> clients(String file, int position) {
    if (GIVEN.contains(file) || FieldCase.someAreAskedFor()) {
      return CLIENTS;
    }
    if (file.startsWith("vendors-")) {
      return List.of();
    }
    return List.of(CLIENTS.get(position % CLIENTS.size()));
  }

  private void check(Path path, String client) {
    try {
      play(path.toAbsolutePath().normalize(), client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void play(Path path, String client) throws IOException, InterruptedException {
    String file = String.valueOf(path.getFileName());
    String text = Files.readString(path);
    List<String> blocks = FieldCase.blocks(text);
    List<Integer> played = played(file, blocks);
    if (played.isEmpty()) {
      return; // Another file has the case that is asked for.
    }
    Path own = Files.createDirectories(folder.resolve(file + client));
    Path keys = own.resolve("keys.p12");
    Certificates.make(keys, CaseHosts.names(text));
    ForkedJvm.Run run =
        ForkedJvm.in(own)
            .classPath(System.getProperty("java.class.path"))
            .jvm("-Djdk.httpclient.allowRestrictedHeaders=connection,upgrade,host,content-length")
            .main(
                FieldHost.class,
                keys.toString(),
                client,
                path.toString(),
                played.stream().map(String::valueOf).collect(Collectors.joining(",")))
            .limit(Duration.ofMinutes(5))
            .run();
    Map<Verdict, Integer> score = new EnumMap<>(Verdict.class);
    StringBuilder told = new StringBuilder();
    for (int number : played) {
      FieldCase each = FieldCase.of(CaseHosts.of(number, blocks.get(number)));
      List<Finding> findings = findings(run, number);
      Verdict verdict = each.judge(findings);
      score.merge(verdict, 1, Integer::sum);
      if (verdict != Verdict.RIGHT) {
        told.append("  ").append(verdict).append(' ').append(each.name()).append(": ");
        findings.forEach(finding -> told.append(words(finding)));
        told.append('\n');
      }
    }
    String summary =
        file + " over " + client + ": " + played.size() + " of " + blocks.size() + ", " + score;
    System.out.println(summary + "\n" + told + notPlayed(file, blocks) + run.stdout());
    assertThat(run.stdout()).as("steps that came to nothing").doesNotContain("not played");
    assertThat(score.getOrDefault(Verdict.RIGHT, 0))
        .as(summary + "\n" + told)
        .isGreaterThanOrEqualTo(played.size() * 9 / 10);
  }

  private static boolean playedAnywhere() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      for (Path file : files.toList()) {
        List<String> blocks = FieldCase.blocks(Files.readString(file));
        if (!played(String.valueOf(file.getFileName()), blocks).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Integer> played(String file, List<String> blocks) {
    List<Integer> played = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      boolean wanted = FieldCase.isAskedFor(file, FieldCase.name(blocks.get(i)));
      if (wanted && NotHere.of(file, blocks.get(i)) == null) {
        played.add(i);
      }
    }
    return played;
  }

  /** Each case that is not played, and why. */
  private static String notPlayed(String file, List<String> blocks) {
    StringBuilder told = new StringBuilder();
    for (String block : blocks) {
      NotHere why = NotHere.of(file, block);
      if (why != null && !FieldCase.someAreAskedFor()) {
        told.append("  left out ").append(block, 0, block.indexOf(':'));
        told.append(": ").append(why.why).append('\n');
      }
    }
    return told.toString();
  }

  private static List<Finding> findings(ForkedJvm.Run run, int number) {
    return run.log().events("finding").stream()
        .filter(line -> CaseHosts.number(line.toString()) == number)
        .map(FieldCasesIT::finding)
        .toList();
  }

  private static Finding finding(JsonNode line) {
    List<String> remedy = new ArrayList<>();
    line.path("mcpauth.remedy").forEach(step -> remedy.add(step.asText()));
    String cause = line.path("mcpauth.cause").asText();
    String quote = line.path("mcpauth.finding.quote").asText();
    return new Finding(
        line.path("mcpauth.rule").asText(),
        Severity.valueOf(constant(line.path("mcpauth.severity"))),
        Confidence.valueOf(constant(line.path("mcpauth.confidence"))),
        Actor.valueOf(constant(line.path("mcpauth.actor"))),
        line.path("mcpauth.title").asText(),
        line.path("mcpauth.finding.text").asText(),
        quote.isEmpty() ? null : quote,
        line.path("mcpauth.server.url").asText(),
        List.of(),
        remedy,
        line.path("mcpauth.spec").asText(),
        null,
        FixSafety.NONE,
        cause.isEmpty() ? Map.of() : Map.of("mcpauth.cause", cause),
        "");
  }

  private static String constant(JsonNode label) {
    return label.asText().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String words(Finding finding) {
    return finding.rule()
        + finding.details().values()
        + " "
        + finding.actor()
        + ": "
        + finding.message()
        + " \""
        + finding.quote()
        + "\"; ";
  }
}
