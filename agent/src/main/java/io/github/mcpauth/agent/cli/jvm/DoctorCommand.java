package io.github.mcpauth.agent.cli.jvm;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.LogSet;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.RecordingReader;
import io.github.mcpauth.agent.recording.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether the agent does its work in a JVM, and if not, why. */
@Command(
    name = "doctor",
    description = {
      "Is the agent in, which HTTP clients can it watch, where is its log, and is it well?",
      "Alone: the JVMs of this user."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar doctor",
      "  java -jar mcp-auth-agent.jar doctor 4711",
      "  java -jar mcp-auth-agent.jar doctor 4711 --log host.jsonl"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something is off: it is said what",
      "2:no such JVM",
      "3:the JVM cannot be reached"
    })
public final class DoctorCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final JvmChoice choice = new JvmChoice();

  @Option(
      names = "--log",
      paramLabel = "<log>",
      description = "Its log, where that is not in the default folder.")
  private @Nullable String log;

  private boolean well = true;

  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    OptionalLong chosen = choice.find(terminal);
    if (chosen.isEmpty()) {
      return ExitCode.CLEAN;
    }
    long pid = chosen.getAsLong();
    JvmContents seen;
    try {
      seen = JvmContents.in(pid);
    } catch (Attachment.AttachException e) {
      terminal.complain("process " + pid + ": " + e.getMessage());
      return ExitCode.UNREACHABLE;
    }
    clients(pid, seen);
    if (seen.agent()) {
      log(pid, seen);
    }
    return well ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private void clients(long pid, JvmContents seen) {
    if (seen.agent()) {
      good("the agent is in process " + pid);
    } else {
      bad(
          "the agent is not in process " + pid,
          "start it with -javaagent:mcp-auth-agent.jar, or: "
              + Terminal.PROGRAM
              + " attach "
              + pid);
    }
    if (seen.watched().isEmpty()) {
      bad(
          "no HTTP client that can be watched is loaded: neither java.net.http nor OkHttp",
          seen.isMcp()
              ? "if it talks to its MCP servers over stdio, there is no HTTP to watch"
              : "nothing has been called yet, perhaps");
    } else {
      good("HTTP clients that can be watched: " + String.join(", ", seen.watched()));
    }
    if (!seen.unseen().isEmpty()) {
      bad(
          "HTTP clients that cannot be watched: " + String.join(", ", seen.unseen()),
          "have the MCP transport use java.net.http or OkHttp");
    }
  }

  private void log(long pid, JvmContents seen) throws IOException {
    LogSet found = log == null ? LogChoice.ofProcess(pid) : LogSet.of(List.of(Path.of(log))).get(0);
    if (found == null) {
      bad(
          "no log of process " + pid + " in the default folder",
          seen.watched().isEmpty()
              ? "there is none before the first exchange with an MCP server"
              : "name it with --log where mcpauth.log.file is set; there is none before the first"
                  + " exchange with an MCP server");
      return;
    }
    good("its log: " + found.log());
    Recording recording = new RecordingReader(Limits.FINDINGS_ONLY).read(List.of(found));
    Run run = null;
    for (Run each : recording.runs()) {
      run = each.pid() == pid ? each : run;
    }
    if (run == null) {
      bad("no line of process " + pid + " in it", "name its log with --log");
      return;
    }
    good(run.exchangesSeen() + " exchanges, " + run.findingsSeen() + " findings");
    LogLine started = run.started();
    if (started != null && started.value(Field.SETTINGS_PROBLEMS) instanceof List<?> problems) {
      problems.forEach(each -> bad("setting: " + each, "correct it and start again"));
    }
    if (started != null && started.value(Field.SETTINGS) instanceof List<?> settings) {
      settings.forEach(each -> line("  ", "setting: " + each));
    }
    health(run);
  }

  private void health(Run run) {
    if (run.missingLines() > 0) {
      bad(run.missingLines() + " lines are missing", "rolled away, or the log was cut");
    }
    for (LogLine remark : run.remarks()) {
      bad(
          remark.text(Field.MESSAGE),
          remark.name() == EventName.AGENT_GAP
              ? "what was lost cannot be had again"
              : "the application is not touched by it; please report it");
    }
    if (run.missingLines() == 0 && run.remarks().isEmpty()) {
      good("nothing was lost, nothing of the agent failed");
    }
  }

  private void good(String text) {
    line(terminal.style(Style.GOOD, "✔") + " ", text);
  }

  private void bad(String text, String next) {
    well = false;
    line(terminal.style(Style.ERROR, "✘") + " ", text);
    line("  ", next);
  }

  private void line(String lead, String text) {
    String indent = lead;
    for (String each : Wrapping.wrap(Plain.text(text), Math.min(terminal.width(), 100) - 2)) {
      terminal.out().println(indent + each);
      indent = "  ";
    }
  }
}
