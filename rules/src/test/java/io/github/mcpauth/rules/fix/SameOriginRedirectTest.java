package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may change its port within one host, where a redirect says so: what carries nothing. */
class SameOriginRedirectTest {

  private static final String TARGET = "https://mcp.example:8443/mcp";

  /** Whether a request arrives at the port that the redirect names. */
  private static boolean arrives(String body, String... headers) {
    FixWorld world =
        FixWorld.with(
            "redirect-broke-request",
            sent ->
                sent.goesTo(MCP) ? Reply.of(308, "", "Location", TARGET) : Reply.of(200, RESULT));
    world.host("POST", MCP, body, FixWorld.mcp(headers));
    return world.wire.stream().anyMatch(sent -> sent.goesTo(TARGET));
  }

  @Test
  void whatCarriesNothingMayGo() {
    assertThat(arrives(INITIALIZE)).isTrue();
    assertThat(arrives(INITIALIZE, "User-Agent", "it/1", "MCP-Protocol-Version", "2025-06-18"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abcdefgh",
    "Cookie, sid=1",
    "Mcp-Session-Id, s1",
    "X-Customer, c-17",
    "Key, k",
    "User-Agent, Bearer abcdefgh"
  })
  void aHeaderOfTheHostsStaysInItsOrigin(String name, String value) {
    assertThat(arrives(INITIALIZE, name, value)).isFalse();
  }

  @Test
  void aMessageWithACredentialStaysInItsOrigin() {
    assertThat(arrives(with("\"password\":\"p\""))).isFalse();
    assertThat(arrives(with("\"a\":{\"b\":[{\"access_token\":1}]}"))).isFalse();
    assertThat(arrives(with("\"note\":\"Bearer abcdefgh\""))).isFalse();
    assertThat(arrives(with("\"note\":\"Bearer\\u0020abcdefgh\""))).isFalse();
    assertThat(arrives(with("\"maxTokens\":4096"))).isTrue();
  }

  private static String with(String member) {
    return INITIALIZE.replace("\"params\":{", "\"params\":{" + member + ',');
  }
}
