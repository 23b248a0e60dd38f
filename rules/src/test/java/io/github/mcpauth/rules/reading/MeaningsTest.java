package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every cause of the table of words has a clause for people, and no other has. */
class MeaningsTest {

  @Test
  void everyCauseHasAMeaning() {
    Set<String> causes =
        WordTable.rows().stream().map(Wording::cause).collect(Collectors.toUnmodifiableSet());
    assertThat(Meanings.all().keySet()).containsAll(causes);
    assertThat(causes).containsAll(Meanings.all().keySet());
  }

  @Test
  void aMeaningIsTheEndOfASentence() {
    assertThat(Meanings.all().values())
        .allSatisfy(
            meaning -> assertThat(meaning).matches("[a-zA-Z].{9,}[^.]").doesNotContain("\t"));
  }
}
