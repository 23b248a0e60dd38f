package io.github.mcpauth.rules.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick test that spares requests which cannot be MCP or OAuth. */
class HeadFilterTest {

  @ParameterizedTest
  @CsvSource({
    "https://as.example/authorize?response_type=code&client_id=c, true",
    "https://as.example/authorize?client_id=c&response_type=code, true",
    "https://as.example/.well-known/openid-configuration, true",
    "https://as.example/jwks.json, true",
    "https://shop.example/things?type=code, false",
    "https://shop.example/things, false"
  })
  void aGetMattersByItsUrl(String url, boolean matters) {
    assertThat(HeadFilter.mayMatter(head("GET", url))).isEqualTo(matters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mcp-Session-Id", "mcp-session-id", "MCP-Protocol-Version", "Mcp-Method"})
  void aHeaderFieldOfMcpMarksARequest(String name) {
    HeadFilter.Head head = head("GET", "https://shop.example/things", name, "1");
    assertThat(HeadFilter.isMarked(head)).isTrue();
    assertThat(HeadFilter.mayMatter(head)).isTrue();
    assertThat(HeadFilter.hasMcpHeader(head)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | true",
        "application/json, text/event-stream | true",
        "application/json,Text/Event-Stream;q=0.9 | true",
        "*/* | false",
        "text/* | false",
        "text/event-stream-of-another-kind | false",
        "application/json | false"
      })
  void anEventStreamIsAcceptedByItsName(String accept, boolean accepted) {
    HeadFilter.Head head = head("GET", "https://shop.example/things", "Accept", accept);
    assertThat(HeadFilter.acceptsEventStream(head)).isEqualTo(accepted);
    assertThat(HeadFilter.mayMatter(head)).isEqualTo(accepted);
  }

  @Test
  void severalAcceptLinesCountAsOne() {
    HeadFilter.Head head =
        head(
            "POST",
            "https://shop.example/mcp",
            "Accept",
            "text/event-stream",
            "Accept",
            "application/json");
    assertThat(HeadFilter.acceptsBoth(head)).isTrue();
    assertThat(HeadFilter.acceptsBoth(head("POST", "https://a.example/", "Accept", "a/b")))
        .isFalse();
  }

  @Test
  void aHandshakeOfAWebSocketNeverMatters() {
    HeadFilter.Head head =
        head("GET", "https://a.example/mcp", "Sec-WebSocket-Key", "x", "Mcp-Session-Id", "1");
    assertThat(HeadFilter.mayMatter(head)).isFalse();
  }

  @Test
  void whateverIsNoGetMayMatterByItsBody() {
    assertThat(HeadFilter.mayMatter(head("POST", "https://shop.example/things"))).isTrue();
    assertThat(HeadFilter.isMarked(head("POST", "https://shop.example/things"))).isFalse();
  }

  private static HeadFilter.Head head(String method, String url, String... headers) {
    return HeadFilter.of(new RequestHead(method, URI.create(url), Headers.of(headers)));
  }
}
