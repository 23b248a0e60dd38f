package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.RuleInfo;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists all rules, one a line, in the order in which they are asked. */
@Command(
    name = "rules",
    description = "All rules, one a line.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar rules",
      "  java -jar mcp-auth-agent.jar rules | grep session"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:usage"})
final class RulesCommand implements Runnable {

  private final Terminal terminal;

  RulesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    int width = Catalogue.ruleNames().stream().mapToInt(String::length).max().orElse(1);
    for (RuleInfo info : Catalogue.infos()) {
      String lead = String.format(Locale.ROOT, "%-" + width + "s  ", info.name());
      // In a pipe a rule is a line, to be searched.
      int room = terminal.interactive() ? Math.max(30, terminal.width() - lead.length()) : 1000;
      for (String line : Wrapping.wrap(info.title(), room)) {
        terminal.out().println(lead + line);
        lead = " ".repeat(lead.length());
      }
    }
  }
}
