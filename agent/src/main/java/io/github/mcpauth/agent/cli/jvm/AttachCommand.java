package io.github.mcpauth.agent.cli.jvm;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the JVMs of this user, or loads the agent into one of them. */
@Command(
    name = "attach",
    description = {
      "Loads the agent into a JVM that runs already, by its number or a part of its name.",
      "Alone: the JVMs of this user, with the HTTP clients that they have loaded."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar attach",
      "  java -jar mcp-auth-agent.jar attach 4711",
      "  java -jar mcp-auth-agent.jar attach my-host.jar --options console=all"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:no such JVM", "3:the JVM cannot be reached, or refuses"})
public final class AttachCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final JvmChoice choice = new JvmChoice();

  @Option(
      names = "--options",
      paramLabel = "<key=value,...>",
      description = "Settings of the agent, as after -javaagent.")
  private String options = "";

  public AttachCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    OptionalLong chosen = choice.find(terminal);
    if (chosen.isEmpty()) {
      return ExitCode.CLEAN;
    }
    long pid = chosen.getAsLong();
    try {
      if (JvmContents.in(pid).agent()) {
        terminal.out().println("The agent is in process " + pid + " already.");
        return ExitCode.CLEAN;
      }
      try (Attachment attachment = Attachment.to(pid)) {
        attachment.load(jar().toString(), options);
      }
    } catch (Attachment.AttachException e) {
      terminal.complain(
          "process "
              + pid
              + ": "
              + e.getMessage()
              + "; it must be a JVM of this user, and not be"
              + " started with -XX:-EnableDynamicAgentLoading or -XX:+DisableAttachMechanism");
      return ExitCode.UNREACHABLE;
    }
    terminal
        .out()
        .println("The agent is in process " + pid + ": " + JvmContents.in(pid).inWords() + ".");
    terminal
        .out()
        .println(
            "It sees what comes from now on: not the logins, tokens and sessions from before, so it"
                + " may not\nknow whose a token is. What it finds comes on that process's stderr and"
                + " in its log.");
    terminal
        .out()
        .println(
            "From Java 21 on that process warns of agents that come late; start it with\n"
                + "-XX:+EnableDynamicAgentLoading, or better with -javaagent, to be rid of that.");
    return ExitCode.CLEAN;
  }

  /** The archive that this command was started from. */
  private static Path jar() {
    CodeSource source = AttachCommand.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new UsageException("it is not known which jar this is");
    }
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar's place is a URI", e);
    }
  }
}
