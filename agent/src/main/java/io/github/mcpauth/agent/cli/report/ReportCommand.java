package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.check.Judgement;
import io.github.mcpauth.agent.cli.check.JudgementXml;
import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.LogChoice;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.settings.Version;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns recordings into something that can be handed to whoever must act. */
@Command(
    name = "report",
    description = {
      "A log as a page to read, print and send, or as a bug report for who must act.",
      "How each server stands, who must act, what happened; without secrets, as the log is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar report -o report.html",
      "  java -jar mcp-auth-agent.jar report --format markdown --actor user x.jsonl",
      "  java -jar mcp-auth-agent.jar report --format har -o host.har host.jsonl"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:written", "2:no such log, or the file cannot be written"})
public final class ReportCommand implements Callable<Integer> {

  /** What is written. */
  enum Format {
    HTML,
    MARKDOWN,
    MERMAID,
    HAR,
    JUNIT
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "<log>",
      arity = "0..*",
      description = "Logs, or folders of logs. Default: the newest one.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "Where it goes; - is standard output. Default: mcpauth-report.html, else -.")
  private @Nullable String output;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      description = "html, markdown, mermaid, har or junit. Default: html.")
  private Format format = Format.HTML;

  @Option(
      names = "--actor",
      paramLabel = "<actor>",
      description =
          "Of markdown: only what host, mcp-server, authorization-server, network or user must act"
              + " on.")
  private @Nullable String actor;

  public ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LogChoice choice = new LogChoice(terminal);
    Recording recording = choice.read(choice.logs(logs), Limits.DEFAULT);
    String target = output == null ? (format == Format.HTML ? "mcpauth-report.html" : "-") : output;
    if (target.equals("-")) {
      Writer out = utf8(terminal.out());
      write(recording, out);
      out.flush();
    } else {
      Path file = Path.of(target);
      PrivateFile.write(file, out -> write(recording, out));
      terminal.remark("written: " + file.toAbsolutePath());
    }
    return ExitCode.CLEAN;
  }

  private static Writer utf8(PrintStream out) {
    return new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  private void write(Recording recording, Writer out) throws IOException {
    switch (format) {
      case HTML -> new HtmlReport(recording, Version.current(), out).write();
      case MARKDOWN -> out.write(MarkdownReport.of(recording, Version.current(), actor));
      case MERMAID -> out.write(Mermaid.of(recording));
      case HAR -> HarReport.write(recording, Version.current(), out);
      case JUNIT -> out.write(JudgementXml.of(Judgement.of(recording, false)));
    }
  }
}
