package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.settings.Names;
import io.github.mcpauth.rules.engine.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the page of a rule. */
@Command(
    name = "explain",
    description = "What a finding means, and what to do.",
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar mcp-auth-agent.jar explain missing-resource-metadata"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:no rule is named so"})
final class ExplainCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "<rule>", description = "The name in a finding's brackets.")
  private String rule = "";

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String page = Catalogue.page(rule);
    if (page == null) {
      String nearest = Names.nearest(rule, Catalogue.ruleNames());
      throw new UsageException(
          "no rule is named "
              + rule
              + (nearest == null
                  ? "; the command rules lists all"
                  : "; did you mean " + nearest + "?"));
    }
    terminal.out().println(page);
    return ExitCode.CLEAN;
  }
}
