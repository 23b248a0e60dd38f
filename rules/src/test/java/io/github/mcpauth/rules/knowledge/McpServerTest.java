package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an origin is a server's own, and for what of it the server speaks. */
class McpServerTest {

  private static final URI GOOD = URI.create("https://h.example/good/mcp");
  private static final URI EVIL = URI.create("https://h.example/evil/mcp");

  private final McpServers servers = new McpServers(InstantSource.system());
  private final McpServer good = create(GOOD);

  private McpServer create(URI url) {
    return servers.create(String.valueOf(ServerKey.of(url)), url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example/good/mcp, true",
    "https://H.EXAMPLE:443/good/mcp, true",
    "https://h.example/good/mcp?session=1, true",
    "https://h.example/good/token, true",
    "https://h.example/.well-known/oauth-protected-resource, true",
    "https://h.example/evil/token, true",
    "https://h.example/evil/mcp, false",
    "https://h.example/evil/mcp?session=1, false",
    "https://h.example/evil/mcp?tenant=1, true",
    "http://h.example/good/mcp, false",
    "https://h.example:8443/good/mcp, false",
    "https://h.example./good/mcp, false",
    "https://h.example@evil.example/good/mcp, false",
    "https://evil.example/good/mcp, false",
    "https://h.example.evil.example/good/mcp, false",
    "/good/mcp, false"
  })
  void aServerSpeaksForItsOriginButNotForOtherServersThere(String url, boolean speaks) {
    create(EVIL);
    assertThat(good.speaksAt(URI.create(url))).isEqualTo(speaks);
  }

  @Test
  void itSpeaksForAPlaceUntilAnotherServerIsThere() {
    assertThat(good.speaksAt(EVIL)).isTrue();
    McpServer evil = create(EVIL);
    assertThat(good.speaksAt(EVIL)).isFalse();
    assertThat(evil.speaksAt(EVIL)).isTrue();
    assertThat(evil.speaksAt(GOOD)).isFalse();
  }

  @Test
  void oneWithoutAnOriginSpeaksNowhere() {
    McpServer odd = servers.create("odd", URI.create("mailto:a@b"));
    assertThat(odd.speaksAt(URI.create("mailto:a@b"))).isFalse();
    assertThat(odd.speaksAt(GOOD)).isFalse();
  }

  @Test
  void aSlashAtTheEndIsTheServersUnlessAnotherOneIsThere() {
    URI slash = URI.create(GOOD + "/");
    assertThat(good.isAt(slash)).isTrue();
    assertThat(good.speaksAt(slash)).isTrue();
    create(slash);
    assertThat(good.isAt(slash)).isFalse();
    assertThat(good.speaksAt(slash)).isFalse();
  }
}
