package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste leads to the rules that know it. */
class ExplainCommandTest {

  @Test
  void aloneItListsEachRuleUnderItsArea() {
    Typed typed = Typed.command("explain");
    assertThat(typed.exit()).isZero();
    assertThat(Catalogue.ruleNames())
        .allMatch(
            rule -> typed.lines().stream().anyMatch(line -> line.startsWith("  " + rule + " ")));
    assertThat(typed.lines()).contains("Sessions and streams", "Redirects");
    // Each area has words: no package's name is shown.
    assertThat(typed.lines()).doesNotContain("session", "transport", "version", "refusal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization error when sending message | missing-resource-metadata",
        "Session not found | session-lost",
        "MCP session with server terminated | session-lost",
        "session NOT found! | session-lost",
        "HTTP 431 | request-headers-rejected",
        "Unable to find valid certification path to requested target | tls-untrusted",
      })
  void aTextLeadsToTheRuleWhosePageHasIt(String text, String rule) {
    Typed typed = Typed.command("explain", text);
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines()).contains(rule);
    assertThat(typed.lines().get(0)).startsWith("Pages that carry this text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Spring AI",
        "LangChain4j",
        "MCP Java SDK",
        "Kotlin SDK",
        "ADK",
        "Claude Code",
        "VS Code",
      })
  void pagesNameWhatPeopleSeeInEachOfTheirHosts(String host) {
    Typed typed = Typed.command("explain", host);
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines().get(0)).startsWith("Pages that carry this text");
  }

  @Test
  void wordsNeedNoQuotes() {
    assertThat(Typed.command("explain", "Session", "not", "found"))
        .isEqualTo(Typed.command("explain", "Session not found"));
    assertThat(Typed.command("explain", "[session-lost]"))
        .isEqualTo(Typed.command("explain", "session-lost"));
  }

  @Test
  void aLineOfALogLeadsThereByThePartThatAPageQuotes() {
    Typed typed =
        Typed.command("explain", "io.example.Boom: Session ID is required for request 17 of x");
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines()).contains("session-lost");
  }

  @Test
  void whatIsOnlyNearIsSaidToBeThat() {
    Typed typed = Typed.command("explain", "redirect lost the Authorization header of my POST");
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines().get(0)).startsWith("No page carries this text.");
    assertThat(typed.lines()).contains("redirect-broke-request");
  }

  @Test
  void whatNoPageKnowsIsAnErrorOfUsage() {
    Typed typed = Typed.command("explain", "zxqv flurbl");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(Typed.command("explain", "sesion-lost").err()).contains("session-lost");
  }

  @Test
  void aTextWithATokenIsNotRepeated() {
    Typed typed = Typed.command("explain", "zxqv flurbl tulip7meadow");
    assertThat(typed.err()).doesNotContain("tulip7meadow").contains("no page has that text");
  }
}
