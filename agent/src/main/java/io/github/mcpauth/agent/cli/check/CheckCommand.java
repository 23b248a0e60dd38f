package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges recordings: whether every server works, and what was found. */
@Command(
    name = "check",
    description = {
      "Judges a log: does every MCP server work, and what was found?",
      "Exits with 1 where a server is not connected, or something was found."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar check",
      "  java -jar mcp-auth-agent.jar check --fail-on warning host.jsonl",
      "  java -jar mcp-auth-agent.jar check --format junit host.jsonl > mcp.xml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:clean", "1:findings, or a server is not connected", "2:no such log"})
public final class CheckCommand implements Callable<Integer> {

  /** From which severity on a finding is a failure. */
  enum FailOn {
    ERROR,
    WARNING
  }

  /** How the outcome is written. */
  enum Format {
    TEXT,
    JSON,
    JUNIT,
    MARKDOWN
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "<log>",
      arity = "0..*",
      description = "Logs, or folders of logs. Default: the newest one.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "<severity>",
      description = "error or warning. Default: error.")
  private FailOn failOn = FailOn.ERROR;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      description = "text, json, junit or markdown. Default: text.")
  private Format format = Format.TEXT;

  public CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LogChoice choice = new LogChoice(terminal);
    Recording recording = choice.read(choice.logs(logs), Limits.FINDINGS_ONLY);
    Judgement judgement = Judgement.of(recording, failOn == FailOn.WARNING);
    switch (format) {
      case TEXT -> new JudgementText(terminal).print(judgement);
      case JSON -> terminal.out().println(JudgementJson.of(judgement));
      case JUNIT -> terminal.out().print(JudgementXml.of(judgement));
      case MARKDOWN -> terminal.out().print(JudgementMarkdown.of(judgement));
    }
    return judgement.isClean() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
