package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what has a shell complete commands and options. */
@Command(
    name = "completion",
    description = "A script that has bash or zsh complete commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  alias mcp-auth-agent='java -jar /path/to/mcp-auth-agent.jar'",
      "  source <(mcp-auth-agent completion)"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:usage"})
final class CompletionCommand implements Runnable {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.out().print(AutoComplete.bash("mcp-auth-agent", spec.root().commandLine()));
  }
}
