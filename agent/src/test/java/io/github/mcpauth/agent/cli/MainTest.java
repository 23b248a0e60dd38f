package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.settings.SettingSpec;
import io.github.mcpauth.rules.engine.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a person sees who asks the jar, on a terminal of whatever locale. */
class MainTest {

  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  private static final CommandLine ALL =
      Main.commandLine(Terminal.of(NOWHERE, NOWHERE, Map.of(), false));

  @Test
  void pagesAreUtf8WhateverTheLocale() {
    assertThat(Typed.command("explain", "issuer-mismatch").out())
        .contains("§")
        .doesNotContain("?3.3");
    for (String rule : Catalogue.ruleNames()) {
      String page = Objects.requireNonNull(Catalogue.page(rule));
      Typed typed = Typed.command("explain", rule);
      assertThat(typed.exit()).isZero();
      assertThat(typed.out().strip()).isEqualTo(page.strip());
    }
  }

  @Test
  void theTitlesOfAllRulesStandInOneColumn() {
    List<String> lines = Typed.command("rules").lines();
    assertThat(lines).hasSize(Catalogue.infos().size());
    int column = lines.get(0).indexOf(Catalogue.infos().get(0).title());
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).indexOf(Catalogue.infos().get(i).title())).isEqualTo(column);
      assertThat(lines.get(i).substring(column - 2, column)).isBlank();
    }
  }

  @Test
  void helpIsGivenWhicheverWayItIsAskedFor() {
    String help = Typed.command("--help").out();
    assertThat(List.of(Typed.command().out(), Typed.command("help").out())).containsOnly(help);
    assertThat(Typed.command("-h").out()).isEqualTo(help);
    for (SettingSpec spec : SettingSpec.all()) {
      assertThat(help).contains("\n  " + spec.key() + " = " + spec.values() + "\n");
    }
    assertThat(ALL.getSubcommands().keySet()).allMatch(name -> help.contains("\n  " + name + " "));
    assertThat(Typed.command("help", "rules").out())
        .isEqualTo(Typed.command("rules", "--help").out());
  }

  @Test
  void theHelpOfEachCommandHasExamplesAndExitCodes() {
    assertThat(ALL.getSubcommands()).isNotEmpty();
    for (String name : ALL.getSubcommands().keySet()) {
      Typed help = Typed.command(name, "--help");
      assertThat(help.exit()).isZero();
      assertThat(help.err()).isEmpty();
      assertThat(help.out())
          .contains("Usage: java -jar mcp-auth-agent.jar " + name)
          .contains("\nExit codes:\n  0 ")
          .contains("\n  2 ")
          .contains("\nExamples:\n  ");
      assertThat(help.lines()).as(name).allMatch(line -> line.length() <= 100);
      String[] examples = ALL.getSubcommands().get(name).getCommandSpec().usageMessage().footer();
      assertThat(examples).as("to be copied: no line is broken").allMatch(e -> e.length() <= 80);
    }
  }

  @Test
  void theCompletionScriptKnowsEachCommand() {
    String script = Typed.command("completion").out();
    assertThat(ALL.getSubcommands().keySet())
        .allMatch(name -> script.contains("_picocli_mcp-auth-agent_" + name));
    assertThat(script).startsWith("#!/usr/bin/env bash").contains("--help");
  }

  @Test
  void whatIsNotUnderstoodIsSaidInOneLineWithTheNearestWord() {
    Typed typed = Typed.command("expain");
    assertThat(typed.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualToIgnoringNewLines(
            "mcp-auth-agent: unknown command: expain; did you mean explain?");
    assertThat(Typed.command("nonsense").err()).contains("nonsense; --help shows");
    assertThat(Typed.command("rules", "--hepl").err()).contains("; did you mean --help?");
    Typed hostile = Typed.command("rules", "\u001b[2J\u202e\n");
    assertThat(hostile.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(hostile.err().lines()).hasSize(1);
    assertThat(hostile.err()).contains("not understood: ?[2J? ;");
  }

  @Test
  void theVersionIsSaid() {
    assertThat(Typed.command("--version").out().strip())
        .isEqualTo("mcp-auth-agent " + Main.version());
    assertThat(Typed.command("version")).isEqualTo(Typed.command("--version"));
  }

  @Test
  void onATerminalOfEightyColumnsNothingIsBrokenInTheMiddle() {
    for (String[] words :
        new String[][] {
          {"rules"},
          {"explain", "forbidden-on-connect"},
          {"explain", "no page has that text"},
          {"check", "--as", "netscape", "https://mcp.example/"},
        }) {
      ByteArrayOutputStream shown = new ByteArrayOutputStream();
      PrintStream screen = new PrintStream(shown, true, StandardCharsets.UTF_8);
      Map<String, String> narrow = Map.of("COLUMNS", "80", "TERM", "dumb");
      Main.commandLine(Terminal.of(screen, screen, narrow, true)).execute(words);
      List<String> lines = shown.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).as(words[0]).isNotEmpty().allMatch(line -> line.length() <= 80);
    }
  }
}
