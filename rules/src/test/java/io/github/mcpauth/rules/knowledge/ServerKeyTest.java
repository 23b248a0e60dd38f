package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells servers apart, and what of a URL belongs to a user or a session. */
class ServerKeyTest {

  @ParameterizedTest
  @CsvSource({
    "https://H.example:443/mcp, https://h.example/mcp",
    "https://h/mcp?tenant=a, https://h/mcp?tenant=a",
    "https://h/mcp?tenant=a&api_key=s3cret&x, https://h/mcp?tenant=a&x",
    "https://h/mcp?Session-Id=1, https://h/mcp",
    "https://h/mcp?, https://h/mcp",
    "mailto:a@b, "
  })
  void theKeyKeepsWhatNamesAServerAndNoCredential(String url, String key) {
    assertThat(ServerKey.of(URI.create(url))).isEqualTo(key);
  }

  @Test
  void whatIsTooLongToBeKeptHasNone() {
    assertThat(ServerKey.of(URI.create("https://h/" + "a".repeat(3000)))).isNull();
    assertThat(ServerKey.of(URI.create("https://h/?a=" + "a".repeat(3000)))).isNull();
    assertThat(ServerKey.of(URI.create("https://h/?token=" + "a".repeat(3000)))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/mcp, https://h/mcp, true, true",
    "https://h/mcp/, https://h/mcp, true, true",
    "https://h, https://h/mcp, true, false",
    "https://h/mcp, https://h/mcp/a, true, false",
    "https://h/mcp, https://h/mcpx, false, false",
    "https://h/mcp/a, https://h/mcp, false, false",
    "https://h/mcp, http://h/mcp, false, false",
    "https://h/mcp, https://h:8443/mcp, false, false",
    "https://h/mcp?a, https://h/mcp?a, true, true",
    "https://h/mcp?a, https://h/mcp?b, false, false",
    "https://h/mcp, https://h/mcp?b, true, true",
    "https://h/mcp, https://h/mcp;x, false, false",
    "https://h/mcp, https://h/mcp//a, true, false",
    "https://h/mcp, https://h/mcp%2Fa, false, false",
    "https://h/mcp, https://h/mcp/../other, false, false",
    "https://h/mcp, https://h/mcp/./a, false, false",
    "https://h/mcp, https://h/mcp/%2e%2E/other, false, false",
    "https://h/mcp, https://h/mcp/.%2e/other, false, false",
    "https://h/mcp, https://h/mcp/..;x/other, false, false",
    "https://h/mcp, https://h/mcp/..%2fother, false, false",
    "https://h/mcp, https://h/mcp/..%5Cother, false, false",
    "https://h/mcp/.., https://h/mcp/.., true, true",
    "https://h/mcp, https://h/mcp/..a, true, false",
    "https://h/mcp, https://h/mcp/a..b/c.d, true, false"
  })
  void aUrlCoversWhatLiesBelowItAtASegment(String above, String url, boolean covers, boolean at) {
    assertThat(ServerKey.covers(URI.create(above), URI.create(url))).isEqualTo(covers);
    assertThat(ServerKey.isAt(URI.create(above), URI.create(url))).isEqualTo(at);
  }

  @Test
  void aPathThatLeadsOutIsNotBelow() {
    URI above = URI.create("https://h/mcp");
    assertThat(ServerKey.covers(above, URI.create("https://h/mcp/%252e%252e/other"))).isFalse();
    assertThat(ServerKey.covers(above, URI.create("https://h/mcp/x%3Bp/a.b"))).isTrue();
  }
}
