package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.check.CheckCommand;
import io.github.mcpauth.agent.cli.diff.DiffCommand;
import io.github.mcpauth.agent.cli.jvm.AttachCommand;
import io.github.mcpauth.agent.cli.jvm.DoctorCommand;
import io.github.mcpauth.agent.cli.report.ReportCommand;
import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.settings.Version;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** The commands of {@code java -jar mcp-auth-agent.jar}. */
public final class Main {

  private static final int WIDEST_HELP = 100;

  /** Carries out a command; returns its exit code, see {@link ExitCode}. */
  public static int run(String[] args, PrintStream standardOut, PrintStream standardErr) {
    return run(args, standardOut, standardErr, System.getenv());
  }

  static int run(
      String[] args,
      PrintStream standardOut,
      PrintStream standardErr,
      Map<String, String> environment) {
    // Whatever the locale: pages have more than ASCII in them, and terminals read UTF-8.
    PrintStream out = new PrintStream(standardOut, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(standardErr, false, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(out, err, environment);
    int exit = commandLine(terminal).execute(asOptions(args));
    out.flush();
    err.flush();
    return exit;
  }

  /** People ask for help in several ways: with no word at all, with a word, about a command. */
  private static String[] asOptions(String[] args) {
    String first = args.length == 0 ? "help" : args[0];
    return switch (first) {
      case "help" -> args.length < 2 ? new String[] {"--help"} : new String[] {args[1], "--help"};
      case "version" -> new String[] {"--version"};
      default -> args;
    };
  }

  /** The version that the jar's build wrote down. */
  public static String version() {
    return Version.current();
  }

  /** All commands, ready to be asked. */
  static CommandLine commandLine(Terminal terminal) {
    CommandLine top = new CommandLine(new TopCommand());
    for (Object command : commands(terminal)) {
      top.addSubcommand(command);
    }
    top.getCommandSpec().usageMessage().footer(SettingsHelp.footer());
    top.setUsageHelpWidth(Math.max(55, Math.min(terminal.width(), WIDEST_HELP)));
    top.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
    top.setOut(new PrintWriter(terminal.out(), true));
    top.setErr(new PrintWriter(terminal.err(), true));
    top.setExecutionExceptionHandler(new Failures(terminal));
    top.setParameterExceptionHandler(new Failures(terminal));
    top.setCaseInsensitiveEnumValuesAllowed(true);
    return top;
  }

  /** One of each, in the order in which the help lists them. */
  private static List<Object> commands(Terminal terminal) {
    return List.of(
        new CheckCommand(terminal),
        new ReportCommand(terminal),
        new DiffCommand(terminal),
        new TailCommand(terminal),
        new ExplainCommand(terminal),
        new RulesCommand(terminal),
        new DoctorCommand(terminal),
        new AttachCommand(terminal),
        new DemoCommand(terminal),
        new CompletionCommand(terminal));
  }

  private Main() {}
}
