package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes are those of the octets that go over the wire, or that a server counts. */
class HeaderBytesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/mcp?a=b",
        "http://h/",
        "http://h",
        "http://h?q",
        "http://h/a%20b/?x=%2F"
      })
  void anHttp1HeadIsAsLongAsItsText(String url) {
    Headers headers = Headers.of("Host", "h", "X-Name", "Zoë 漢 😀", "Empty", "");
    URI parsed = URI.create(url);
    String path = parsed.getRawPath().isEmpty() ? "/" : parsed.getRawPath();
    String target = parsed.getRawQuery() == null ? path : path + "?" + parsed.getRawQuery();
    String text = "POST " + target + " HTTP/1.1\r\nHost: h\r\nX-Name: Zoë 漢 😀\r\nEmpty: \r\n\r\n";
    assertThat(HeaderBytes.http1("POST", parsed, headers))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void anHttp2FieldCountsThirtyTwoMore() {
    assertThat(HeaderBytes.http2(Headers.of(":path", "/", "a", "ë"))).isEqualTo(6 + 32 + 3 + 32);
    assertThat(HeaderBytes.http2(Headers.NONE)).isZero();
  }
}
