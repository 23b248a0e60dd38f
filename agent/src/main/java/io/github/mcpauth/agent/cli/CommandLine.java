package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.settings.Names;
import io.github.mcpauth.agent.settings.SettingSpec;
import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.RuleInfo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of {@code java -jar mcp-auth-agent.jar}. */
public final class CommandLine {

  private static final int OK = 0;
  private static final int USAGE = 2;
  private static final List<String> COMMANDS = List.of("--help", "--version", "explain", "rules");

  /** Carries out a command; returns its exit code: 0, or 2 where the words are off. */
  public static int run(String[] args, PrintStream standardOut, PrintStream err) {
    // Whatever the locale: pages have more than ASCII in them, and terminals read UTF-8.
    PrintStream out = new PrintStream(standardOut, false, StandardCharsets.UTF_8);
    String command = args.length == 0 ? "--help" : args[0];
    switch (command) {
      case "--help", "-h", "help" -> help(out);
      case "--version", "-V", "version" -> out.println("mcp-auth-agent " + version());
      case "rules" -> rules(out);
      case "explain" -> {
        return explain(args, out, err);
      }
      default -> {
        err.println("unknown command: " + command + hint(Names.nearest(command, COMMANDS)));
        return USAGE;
      }
    }
    out.flush();
    return OK;
  }

  /** The version that the jar's build wrote down. */
  public static String version() {
    return Version.current();
  }

  private static void help(PrintStream out) {
    out.println(
        "mcp-auth-agent: says why a JVM MCP host cannot connect or log in, and repairs it.");
    out.println();
    out.println("  java -javaagent:mcp-auth-agent.jar[=key=value,...] -jar host.jar");
    out.println();
    out.println("  java -jar mcp-auth-agent.jar explain <rule>   what a finding means, what to do");
    out.println("  java -jar mcp-auth-agent.jar rules            all rules");
    out.println("  java -jar mcp-auth-agent.jar --version");
    out.println();
    out.println(
        "Settings: agent options (prefix may be left out), -D system properties, environment");
    out.println("(MCPAUTH_LOG_FILE), properties file (mcpauth.config). The default comes first.");
    out.println();
    for (SettingSpec spec : SettingSpec.all()) {
      out.println("  " + spec.key() + " = " + spec.values());
      out.println("      " + spec.meaning());
    }
  }

  private static void rules(PrintStream out) {
    int width = Catalogue.ruleNames().stream().mapToInt(String::length).max().orElse(1);
    for (RuleInfo info : Catalogue.infos()) {
      String format = "%-" + width + "s  %s";
      out.println(String.format(Locale.ROOT, format, info.name(), info.title()));
    }
  }

  private static int explain(String[] args, PrintStream out, PrintStream err) {
    String rule = args.length < 2 ? "" : args[1];
    String page = Catalogue.page(rule);
    if (page == null) {
      String problem = rule.isEmpty() ? "explain which rule?" : "no rule is named " + rule;
      err.println(problem + hint(Names.nearest(rule, Catalogue.ruleNames())));
      err.println("rules: " + String.join(", ", Catalogue.ruleNames()));
      return USAGE;
    }
    out.println(page);
    out.flush();
    return OK;
  }

  private static String hint(@Nullable String nearest) {
    return nearest == null ? "; --help lists what there is" : "; did you mean " + nearest + "?";
  }

  private CommandLine() {}
}
