package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs that address the same compare equal, and no others (RFC 3986 §6.2.2, RFC 8707 §2). */
class UrlsTest {

  @ParameterizedTest
  @CsvSource({
    "HTTPS://MCP.Example:443/Mcp?a=b#c, https://mcp.example/Mcp",
    "http://h:80, http://h",
    "http://h/, http://h",
    "http://h:8080/a/, http://h:8080/a/",
    "http://user:pw@h/a, http://h/a",
    "http://h/a%2Fb, http://h/a%2Fb",
    "mailto:a@b, ",
    "/mcp, "
  })
  void theCanonicalFormIsOriginAndPath(String url, String canonical) {
    assertThat(Urls.canonical(URI.create(url))).isEqualTo(canonical);
    assertThat(Urls.canonical(URI.create(url))).isEqualTo(canonical); // From memory as well.
  }

  @Test
  void whatWasAskedForBeforeIsNotTheAnswerForAnother() {
    assertThat(Urls.canonical(URI.create("http://h/a"))).isEqualTo("http://h/a");
    assertThat(Urls.canonical(URI.create("http://h/A"))).isEqualTo("http://h/A");
    assertThat(Urls.canonical(URI.create("https://h/a"))).isEqualTo("https://h/a");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/SSE, true",
    "http://h/sse/messages, true",
    "http://h/sse, true",
    "http://h/sses, false",
    "http://h/xsse, false",
    "http://h/?sse, false",
    "mailto:sse, false"
  })
  void aSegmentIsFoundWhole(String url, boolean found) {
    assertThat(Urls.hasSegment(URI.create(url), "sse")).isEqualTo(found);
  }

  @Test
  void whatIsNoUrlIsNull() {
    assertThat(Urls.parse(null)).isNull();
    assertThat(Urls.parse("http://[")).isNull();
    assertThat(Urls.parse("/relative")).isEqualTo(URI.create("/relative"));
  }
}
