package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a URL belongs, and which belong nowhere. */
class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://MCP.example/x, https://mcp.example",
    "https://mcp.example:443, https://mcp.example",
    "http://mcp.example:443/, http://mcp.example:443",
    "http://[::1]:8080/x, http://[::1]:8080",
    "https://my_server/x, https://my_server",
    "HTTP://My_Server.internal:8080/x, http://my_server.internal:8080",
    "https://user@my_server:443/x, https://my_server",
    "https://mcp.example@evil_host/x, https://evil_host",
    "https://mcp_server:/x, https://mcp_server"
  })
  void isSchemeHostAndPort(String url, String origin) {
    assertThat(Origin.of(URI.create(url))).hasToString(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "//host/x",
        "mailto:a@b",
        "ftp://host/x",
        "https:///x",
        "https://a_b:99999/x",
        "https://a_b:8x/x",
        "https://a_b:1:2/x",
        "https://a_b,c/x",
        "https://a_b%2ec/x",
        "https://_@/x"
      })
  void whatHasNoneHasNone(String url) {
    assertThat(Origin.of(URI.create(url))).isNull();
  }
}
