package io.github.mcpauth.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.assembly.Assembly;
import io.github.mcpauth.agent.weave.ClientInstrumentation;
import io.github.mcpauth.agent.weave.HookPoint;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names that tier 0 compares are those of the clients' tables. */
class ClientClassesTest {

  @Test
  void theGateLetsJustTheClassesOfTheTablesIn() {
    Set<String> owners = new TreeSet<>();
    for (ClientInstrumentation client : Assembly.clients()) {
      for (HookPoint point : client.hookPoints()) {
        owners.add(point.owner());
      }
    }
    assertThat(ClientClasses.WOVEN).containsExactlyElementsOf(owners);
  }

  @Test
  void eachOfThemIsOfAClient() {
    assertThat(ClientClasses.WOVEN).allMatch(ClientClasses::isWoven);
    assertThat(ClientClasses.isWoven("okhttp3/Request")).isFalse();
    assertThat(ClientClasses.isOfClient("okhttp3/Request")).isTrue();
    assertThat(ClientClasses.isOfClient("")).isFalse();
    assertThat(ClientClasses.isOfClient("java/lang/Object")).isFalse();
  }

  @Test
  void theFirstLetterTellsTheClientsApart() {
    Set<Character> letters = new TreeSet<>();
    for (String prefix : ClientClasses.CLIENTS) {
      letters.add(prefix.charAt(0));
    }
    assertThat(letters).hasSameSizeAs(ClientClasses.CLIENTS);
  }
}
