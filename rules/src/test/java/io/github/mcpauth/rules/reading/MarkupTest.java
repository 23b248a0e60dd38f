package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words are what is left of markup without its tags. */
class MarkupTest {

  @Test
  void tagsAreBlanksAndSilentElementsAreLeftOut() {
    String page = "<p class='a'>One</p><script src=x>var a = 1;</script><b>two</b> < three";
    assertThat(Markup.words(page, "script", "style")).isEqualTo(" One    two  < three");
    assertThat(Markup.words("<scripted>text</scripted>", "script")).isEqualTo(" text ");
    assertThat(Markup.words("no end <of a tag")).isEqualTo("no end <of a tag");
    assertThat(Markup.words("")).isEmpty();
  }

  @Test
  void itIsWhatAReaderOfTagsByExpressionsFinds() {
    Random random = new Random(1);
    String[] pieces = {"<", ">", "a", " ", "<b>", "</b>", "'", "/"};
    for (int i = 0; i < 2000; i++) {
      StringBuilder markup = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        markup.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = markup.toString();
      assertThat(Markup.words(text)).isEqualTo(text.replaceAll("<[^>]*>", " "));
    }
  }
}
