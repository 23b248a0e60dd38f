package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.console.LineText;
import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.log.LogReader;
import io.github.mcpauth.agent.recording.GrowingFile;
import io.github.mcpauth.agent.recording.LogSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a log as lines that a person can read. */
@Command(
    name = "tail",
    description = {
      "Follows a log as readable lines: time, exchange, server, step, request, status, ms.",
      "Ends when the process does that writes it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar tail",
      "  java -jar mcp-auth-agent.jar tail --server mcp.example --no-follow -n 99",
      "  java -jar mcp-auth-agent.jar tail --rule session-lost"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:no such log"})
final class TailCommand implements Callable<Integer> {

  private static final int INDENT = 14;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "<log>",
      arity = "0..1",
      description = "A log, or a folder of logs. Default: the newest one.")
  private @Nullable String name;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "<count>",
      description = "How many lines of what is there already. Default: ${DEFAULT-VALUE}.")
  private int count = 20;

  @Option(names = "--no-follow", description = "Ends at the end of the file.")
  private boolean noFollow;

  @Option(names = "--keep", description = "Goes on when the process ends, for the next one.")
  private boolean keep;

  @Option(
      names = "--server",
      paramLabel = "<text>",
      description = "Only lines about servers whose URL has that text in it.")
  private @Nullable String server;

  @Option(names = "--rule", paramLabel = "<rule>", description = "Only what that rule found.")
  private @Nullable String rule;

  @Option(
      names = "--exchange",
      paramLabel = "<number>",
      description = "Only that exchange, with its messages and findings.")
  private @Nullable Long exchange;

  private final Deque<LogLine> last = new ArrayDeque<>();
  private boolean live;
  private boolean ended;

  TailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LogSet log = new LogChoice(terminal).logs(name == null ? List.of() : List.of(name)).get(0);
    List<Path> files = log.files();
    long broken = 0;
    for (Path rolled : files.subList(0, files.size() - 1)) {
      broken += LogReader.read(rolled, this::take);
    }
    try (GrowingFile file = new GrowingFile(files.get(files.size() - 1), this::goesOn)) {
      broken += LogReader.read(file, this::take);
    }
    goesOn();
    if (broken > 0) {
      terminal.remark(broken + " lines are not of a log and left out");
    }
    return ExitCode.CLEAN;
  }

  private void take(LogLine line) {
    if (line.name() == EventName.AGENT_STOPPED) {
      ended = true;
    } else if (line.name() == EventName.AGENT_STARTED) {
      ended = false;
    }
    if (!isWanted(line)) {
      return;
    }
    if (live) {
      show(line);
      return;
    }
    last.addLast(line);
    if (last.size() > Math.max(0, count)) {
      last.removeFirst();
    }
  }

  /** All that was there has been read. */
  private boolean goesOn() {
    live = true;
    last.forEach(this::show);
    last.clear();
    terminal.out().flush();
    return !noFollow && (keep || !ended) && !terminal.out().checkError();
  }

  private boolean isWanted(LogLine line) {
    if (rule != null && !rule.equals(line.text(Field.RULE))) {
      return false;
    }
    if (exchange != null && !line.text(Field.EXCHANGE_ID).equals(exchange.toString())) {
      return false;
    }
    return server == null
        || line.text(Field.SERVER_URL).contains(server)
        || line.text(Field.URL).contains(server);
  }

  private void show(LogLine line) {
    String text = Plain.text(LineText.of(line.name(), line.text(Field.TIMESTAMP), line.fields()));
    String level = line.text(Field.LOG_LEVEL);
    String indent = "";
    for (String each : Wrapping.wrap(text, terminal.width() - INDENT)) {
      String shown = indent + each;
      terminal
          .out()
          .println(
              level.equals("ERROR")
                  ? terminal.style(Terminal.Style.ERROR, shown)
                  : level.equals("WARN") ? terminal.style(Terminal.Style.WARNING, shown) : shown);
      indent = " ".repeat(INDENT);
    }
  }
}
