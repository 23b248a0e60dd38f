package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a person sees who asks the jar, on a terminal of whatever locale. */
class CommandLineTest {

  private static String run(String... args) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream ascii = new PrintStream(bytes, true, StandardCharsets.US_ASCII);
    assertThat(CommandLine.run(args, ascii, ascii)).isZero();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void pagesAreUtf8WhateverTheLocale() {
    assertThat(run("explain", "issuer-mismatch")).contains("§").doesNotContain("?3.3");
    for (String rule : Catalogue.ruleNames()) {
      String page = Objects.requireNonNull(Catalogue.page(rule));
      assertThat(run("explain", rule).strip()).isEqualTo(page.strip());
    }
  }

  @Test
  void theTitlesOfAllRulesStandInOneColumn() {
    List<String> lines = run("rules").lines().toList();
    assertThat(lines).hasSize(Catalogue.infos().size());
    int column = lines.get(0).indexOf(Catalogue.infos().get(0).title());
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).indexOf(Catalogue.infos().get(i).title())).isEqualTo(column);
      assertThat(lines.get(i).substring(column - 2, column)).isBlank();
    }
  }
}
