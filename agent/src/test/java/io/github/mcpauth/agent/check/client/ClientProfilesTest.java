package io.github.mcpauth.agent.check.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import org.junit.jupiter.api.Test;

/** The table of clients is about rules that there are, and says where it has its knowledge. */
class ClientProfilesTest {

  @Test
  void eachHabitIsAboutARuleAndHasASource() {
    for (ClientProfile client : ClientProfiles.all()) {
      for (Habit habit : client.habits()) {
        assertThat(Catalogue.ruleNames()).as(client.id()).contains(habit.rule());
        assertThat(habit.source()).as(habit.words()).isNotBlank();
        assertThat(habit.words()).doesNotEndWith(".");
      }
    }
  }

  @Test
  void eachIsFoundByItsName() {
    assertThat(ClientProfiles.all()).extracting(ClientProfile::id).doesNotHaveDuplicates();
    assertThat(ClientProfiles.named("langchain4j")).isNotNull();
    assertThat(ClientProfiles.named("strict")).isNull();
  }
}
