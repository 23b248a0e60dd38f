package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
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

  /** What names the same machine is another origin all the same: RFC 6454 §4 compares texts. */
  @ParameterizedTest
  @CsvSource({
    "http://[::1]:80/x, http://[::1], true",
    "http://[::1]/x, http://[0:0:0:0:0:0:0:1]/x, false",
    "http://[::1]/x, http://localhost/x, false",
    "http://127.0.0.1/x, http://127.1/x, false",
    "http://127.0.0.1/x, http://2130706433/x, false",
    "http://mcp.example/x, http://mcp.example./x, false",
    "http://mcp.example/x, http://MCP.EXAMPLE:80/y, true",
    "http://mcp.example/x, http://mcp.example:/y, true",
    "http://mcp.example/x, http://user:pass@mcp.example/y, true",
    "http://mcp.example/x, http://mcp.example@evil.example/y, false",
    "http://mcp.example/x, http://mcp.example:80@evil.example/y, false",
    "http://mcp.example/x, https://mcp.example:80/y, false",
    "http://xn--mp-vka.example/x, http://xn--mp-vka.example/y, true",
    "http://mcp_x.example/x, http://MCP_X.example:80/y, true",
    "http://mcp_x.example/x, http://mcp-x.example/y, false"
  })
  void oneOriginIsOneSpelling(String one, String other, boolean same) {
    Origin origin = Objects.requireNonNull(Origin.of(URI.create(one)));
    assertThat(origin.contains(URI.create(other))).isEqualTo(same);
  }

  /** Letters that look like others, and dots that are none, are in no origin at all. */
  @Test
  void aNameThatIsNotAsciiHasNone() {
    for (String host : new String[] {"mc\u0440.example", "mcp\u3002example", "\u212Bmcp.example"}) {
      assertThat(Origin.of(URI.create("http://" + host + "/x"))).as(host).isNull();
    }
  }
}
