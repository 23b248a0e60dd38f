package io.github.mcpauth.agent.cli.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer said does nothing in a Markdown page. */
class MarkdownTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '"',
      value = {
        "plain words, 100 % (all)^plain words, 100 % (all)",
        "**bold** _x_^\\*\\*bold\\*\\* \\_x\\_",
        "<script>^\\<script\\>",
        "[a](javascript:x)^\\[a\\](javascript:x)",
        "![a](b)^!\\[a\\](b)",
        "see https://evil.example/x now^see `https://evil.example/x` now",
        "@everyone #12^`@everyone` `#12`",
        "- item^\\- item",
        "a|b^a\\|b",
      })
  void textIsShownAsItIs(String text, String markdown) {
    assertThat(Markdown.text(text)).isEqualTo(markdown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {"a^`a`", "a`b^`` a`b ``", "``^``` `` ```", "a|b^`a¦b`"})
  void codeIsFencedByMoreBackticksThanItHas(String text, String markdown) {
    assertThat(Markdown.code(text)).isEqualTo(markdown);
  }

  @Test
  void aTextWithoutEndIsCutAndSaidToBe() {
    assertThat(Markdown.text("x".repeat(10_000))).hasSizeLessThan(2100).endsWith(" (cut)");
    assertThat(Markdown.code("a\nb\u001b[1m")).isEqualTo("`a b?[1m`");
  }
}
