package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Credentials.Level;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the name of a header or parameter says of its value. */
class CredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "Authorization,          IDENTIFYING",
    "DPoP,                   IDENTIFYING",
    "X-API-Key,              IDENTIFYING",
    "X-Goog-Api-Key,         IDENTIFYING",
    "X-Auth-Token,           IDENTIFYING",
    "Cookie,                 CERTAIN",
    "Mcp-Session-Id,         CERTAIN",
    "X-Client-Secret,        CERTAIN",
    "X-Figma-Token,          CERTAIN",
    "Ocp-Apim-Subscription-Key, CERTAIN",
    "Set-Cookie,             POSSIBLE",
    "Proxy-Authorization,    POSSIBLE",
    "X-Request-Token,        POSSIBLE",
    "Content-Type,           UNKNOWN",
    "X-Authors,              UNKNOWN",
    "Sec-Fetch-Mode,         HARMLESS",
    "Idempotency-Key,        HARMLESS"
  })
  void aHeadersNameSaysHowSureOneIs(String name, Level level) {
    assertThat(Credentials.ofHeader(name)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "access_token, CERTAIN",
    "KEY,          CERTAIN",
    "api-key,      CERTAIN",
    "csrf_token,   POSSIBLE",
    "page,         UNKNOWN"
  })
  void aParametersNameSaysHowSureOneIs(String name, Level level) {
    assertThat(Credentials.ofParameter(name)).isEqualTo(level);
  }

  @Test
  void aCookieOrABlankHeaderDoesNotSayWhoSends() {
    URI url = URI.create("https://mcp.example/");
    assertThat(Credentials.carriedBy(new RequestHead("GET", url, Headers.of("Cookie", "a=b"))))
        .isFalse();
    assertThat(Credentials.carriedBy(new RequestHead("GET", url, Headers.of("X-Api-Key", " "))))
        .isFalse();
    assertThat(Credentials.carriedBy(new RequestHead("GET", url, Headers.of("X-Api-Key", "k"))))
        .isTrue();
  }
}
