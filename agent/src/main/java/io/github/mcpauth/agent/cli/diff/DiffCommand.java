package io.github.mcpauth.agent.cli.diff;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.FindingText;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Finds the first step at which a run that failed parts from one that worked. */
@Command(
    name = "diff",
    description = {
      "\"It worked yesterday\": the first step at which two logs part, and what differs there.",
      "Of a log with several runs, the last one is compared."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar mcp-auth-agent.jar diff yesterday.jsonl today.jsonl"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the same steps with the same outcomes", "1:they part", "2:no such log"})
public final class DiffCommand implements Callable<Integer> {

  private static final int MOST_DIFFERENCES = 30;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "<good>", description = "A log of when it worked.")
  private String good = "";

  @Parameters(index = "1", paramLabel = "<bad>", description = "A log of when it did not.")
  private String bad = "";

  public DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Run before = lastRun(good);
    Run now = lastRun(bad);
    environment(before, now);
    boolean parted = steps(Step.of(before), Step.of(now));
    boolean found = findings(before, now);
    if (!parted && !found) {
      terminal.out().println("The same steps with the same outcomes.");
    }
    return parted || found ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  private Run lastRun(String log) throws IOException {
    LogChoice choice = new LogChoice(terminal);
    Recording recording = choice.read(choice.logs(List.of(log)), Limits.DEFAULT);
    return recording.runs().get(recording.runs().size() - 1);
  }

  private boolean steps(List<Step> before, List<Step> now) {
    int same = 0;
    while (same < before.size() && same < now.size() && before.get(same).isLike(now.get(same))) {
      same++;
    }
    if (same == before.size() && same == now.size()) {
      return false;
    }
    terminal.out().println("The first " + same + " steps are the same.");
    for (int i = Math.max(0, same - 2); i < same; i++) {
      print("    ", now.get(i).inWords());
    }
    String was = same < before.size() ? before.get(same).inWords() : "nothing more";
    String is = same < now.size() ? now.get(same).inWords() : "nothing more";
    print(terminal.style(Style.GOOD, "good") + "  ", was);
    print(terminal.style(Style.ERROR, "bad ") + "  ", is);
    if (same < before.size() && same < now.size()) {
      differ(before.get(same), now.get(same));
    }
    terminal.out().println();
    return true;
  }

  private void differ(Step good, Step bad) {
    if (!good.what().equals(bad.what())) {
      print("  ", "From there they are not the same requests.");
      return;
    }
    List<String> differences = Differences.between(good.exchange(), bad.exchange());
    for (String each : differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size()))) {
      print("  ~ ", each);
    }
    if (differences.isEmpty()) {
      print("  ", "The requests are alike: what differs is on the other side.");
    }
  }

  private void environment(Run first, Run second) {
    List<String> differences = new ArrayList<>();
    LogLine was = first.started();
    LogLine is = second.started();
    if (was != null && is != null) {
      for (Field field :
          List.of(Field.VERSION, Field.JAVA_VERSION, Field.JAVA_VENDOR, Field.SETTINGS)) {
        String before = text(was, field);
        String after = text(is, field);
        if (!before.equals(after)) {
          differences.add(field.key() + ": " + after + "; was " + before);
        }
      }
    }
    differences.forEach(each -> print("~ ", each));
    if (!differences.isEmpty()) {
      terminal.out().println();
    }
  }

  /** A log has another name than another: that is no difference. */
  private static String text(LogLine line, Field field) {
    if (!(line.value(field) instanceof List<?> settings)) {
      return line.text(field);
    }
    List<String> texts = new ArrayList<>();
    for (Object each : settings) {
      if (!String.valueOf(each).startsWith("mcpauth.log.file=")) {
        texts.add(String.valueOf(each));
      }
    }
    return texts.isEmpty() ? "default" : String.join(", ", texts);
  }

  /** Findings that only the second run has. */
  private boolean findings(Run before, Run now) {
    Set<String> known = new LinkedHashSet<>();
    before.findings().forEach(each -> known.add(key(each)));
    boolean any = false;
    for (LoggedFinding each : now.findings()) {
      if (known.add(key(each))) {
        terminal.out().println("Only in the second log:");
        new FindingText(terminal).print(FindingBlock.of(each.line().fields(), each.count()));
        any |= !each.severity().equals("note");
      }
    }
    return any;
  }

  private static String key(LoggedFinding finding) {
    return finding.rule() + " " + finding.cause() + " " + finding.severity();
  }

  private void print(String lead, String text) {
    String indent = lead;
    for (String line : Wrapping.wrap(Plain.text(text), Math.min(terminal.width(), 100) - 6)) {
      terminal.out().println(indent + line);
      indent = "      ";
    }
  }
}
