package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.target.TargetUrl;
import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.LogSet;
import io.github.mcpauth.agent.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges servers, or recordings: whether every server works, and what was found. */
@Command(
    name = "check",
    description = {
      "Checks an MCP server by its URL, or judges a log: what works, and what was found?",
      "A server is walked step by step, as a strict client would; nothing is changed on it, and"
          + " no credential is sent but what is given here, to that URL's origin alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar check https://mcp.example/mcp",
      "  java -jar mcp-auth-agent.jar check --token-env TOKEN https://mcp.example/mcp",
      "  java -jar mcp-auth-agent.jar check --as vscode https://mcp.example/mcp",
      "  java -jar mcp-auth-agent.jar check --config .mcp.json --format junit > mcp.xml",
      "  java -jar mcp-auth-agent.jar check",
      "  java -jar mcp-auth-agent.jar check --fail-on warning host.jsonl",
      "  java -jar mcp-auth-agent.jar check --format junit host.jsonl > mcp.xml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:clean",
      "1:findings, or a server cannot be used",
      "2:usage, or no such log",
      "3:a server cannot be reached"
    })
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
      paramLabel = "<url or log>",
      arity = "0..*",
      description = "URLs of servers; or logs, or folders of logs. Default: the newest log.")
  private List<String> names = new ArrayList<>();

  @ArgGroup(validate = false, heading = "%nFor a URL:%n")
  private UrlOptions urlOptions = new UrlOptions();

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
    boolean warnings = failOn == FailOn.WARNING;
    if (names.stream().anyMatch(TargetUrl::isOne) || urlOptions.config() != null) {
      for (String name : names) {
        if (!TargetUrl.isOne(name)) {
          throw new UsageException("not a URL: " + name + "; logs are judged without URLs");
        }
      }
      return new UrlCheck(terminal, urlOptions).run(names, format, warnings);
    }
    if (urlOptions.areGiven()) {
      throw new UsageException("no URL; options for a URL say nothing of a log");
    }
    return judge(warnings);
  }

  private List<LogSet> logs(LogChoice choice) throws IOException {
    try {
      return choice.logs(names);
    } catch (UsageException none) {
      throw names.isEmpty() ? new UsageException(none.getMessage() + ", or a server's URL") : none;
    }
  }

  private int judge(boolean warnings) throws IOException {
    LogChoice choice = new LogChoice(terminal);
    Recording recording = choice.read(logs(choice), Limits.FINDINGS_ONLY);
    Judgement judgement = Judgement.of(recording, warnings);
    switch (format) {
      case TEXT -> new JudgementText(terminal).print(judgement);
      case JSON -> terminal.out().println(JudgementJson.of(judgement));
      case JUNIT -> terminal.out().print(JudgementXml.of(judgement));
      case MARKDOWN -> terminal.out().print(JudgementMarkdown.of(judgement));
    }
    return judgement.isClean() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
