package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.settings.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The jar itself: what all its commands share. */
@Command(
    name = Terminal.PROGRAM,
    versionProvider = TopCommand.Banner.class,
    synopsisHeading = "Command line: ",
    customSynopsis = Terminal.PROGRAM + " [command] [options]",
    header = "mcp-auth-agent: says why a JVM MCP host cannot connect or log in, and repairs it.%n",
    description =
        "%nAgent:        java -javaagent:mcp-auth-agent.jar[=key=value,...] -jar host.jar%n",
    commandListHeading = "%nCommands (each has a --help with examples):%n")
final class TopCommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "This text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "The version.")
  private boolean version;

  /** Says which version this is. */
  static final class Banner implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mcp-auth-agent " + Version.current()};
    }
  }
}
