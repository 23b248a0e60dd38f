package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.PageSearch.Hit;
import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.settings.Names;
import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the page of a rule, finds the rules that a text leads to, or lists all by area. */
@Command(
    name = "explain",
    description = {
      "What a finding means, and what to do.",
      "With any other text, such as an error message: the rules whose pages carry it.",
      "Alone: all rules by area."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar mcp-auth-agent.jar explain",
      "  java -jar mcp-auth-agent.jar explain missing-resource-metadata",
      "  java -jar mcp-auth-agent.jar explain \"Session not found\""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:no page has that text"})
final class ExplainCommand implements Callable<Integer> {

  private static final Map<String, String> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("transport", "The way to the server");
    AREAS.put("redirect", "Redirects");
    AREAS.put("headers", "The size of the request's head");
    AREAS.put("credentials", "Credentials");
    AREAS.put("discovery", "The challenge and discovery");
    AREAS.put("registration", "Registration and login");
    AREAS.put("token", "Tokens and scopes");
    AREAS.put("session", "Sessions and streams");
    AREAS.put("version", "The protocol");
    AREAS.put("refusal", "Whatever else is refused");
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "<rule or text>",
      arity = "0..*",
      description = "The name in a finding's brackets, or what an application said.")
  private List<String> words = new ArrayList<>();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String text = String.join(" ", words).strip();
    if (text.isEmpty()) {
      catalogue();
      return ExitCode.CLEAN;
    }
    String name = text.replaceAll("^\\[|\\]$", "");
    String page = Catalogue.page(name);
    if (page != null) {
      show(page);
      return ExitCode.CLEAN;
    }
    List<Hit> hits = new PageSearch().find(text);
    if (hits.isEmpty()) {
      throw new UsageException(unknown(text));
    }
    show(hits);
    return ExitCode.CLEAN;
  }

  private void show(String page) {
    if (terminal.interactive()) {
      PageText.of(page, terminal.width()).forEach(terminal.out()::println);
    } else {
      terminal.out().println(page);
    }
  }

  private static String unknown(String text) {
    String nearest = text.contains(" ") ? null : Names.nearest(text, Catalogue.ruleNames());
    // Not the text itself: what an application said may have a token in it.
    return "no rule is named so, and no page has that text; "
        + (nearest == null ? "explain alone lists all" : "did you mean " + nearest + "?");
  }

  private void catalogue() {
    Map<String, List<RuleInfo>> areas = new LinkedHashMap<>();
    AREAS.keySet().forEach(area -> areas.put(area, new ArrayList<>()));
    int width = 0;
    for (RuleInfo info : Catalogue.infos()) {
      areas.computeIfAbsent(Catalogue.area(info.name()), area -> new ArrayList<>()).add(info);
      width = Math.max(width, info.name().length());
    }
    for (Map.Entry<String, List<RuleInfo>> area : areas.entrySet()) {
      String title = AREAS.getOrDefault(area.getKey(), area.getKey());
      terminal.out().println(terminal.style(Style.STRONG, title));
      for (RuleInfo info : area.getValue()) {
        row(info, width);
      }
      terminal.out().println();
    }
  }

  private void row(RuleInfo info, int width) {
    String lead = "  " + info.name() + " ".repeat(width - info.name().length() + 2);
    int room = Math.max(30, terminal.width() - lead.length());
    for (String line : Wrapping.wrap(info.title(), room)) {
      terminal.out().println(lead + line);
      lead = " ".repeat(width + 4);
    }
  }

  private void show(List<Hit> hits) {
    terminal
        .out()
        .println(
            hits.get(0).isSure()
                ? "Pages that carry this text, the likeliest first:"
                : "No page carries this text. The nearest:");
    for (Hit hit : hits) {
      terminal.out().println();
      terminal.out().println(terminal.style(Style.STRONG, hit.rule()));
      String lead = "  ";
      for (String line : Wrapping.wrap(hit.line(), Math.min(terminal.width(), 100) - 4)) {
        terminal.out().println(lead + line);
        lead = "    ";
      }
    }
    terminal.out().println();
    terminal.out().println("Next: " + Terminal.PROGRAM + " explain " + hits.get(0).rule());
  }
}
