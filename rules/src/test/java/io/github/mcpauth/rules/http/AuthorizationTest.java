package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An Authorization header is taken apart in one way, whatever a host writes into it. */
class AuthorizationTest {

  private static RequestHead with(String... namesAndValues) {
    return new RequestHead("POST", URI.create("https://mcp.example/"), Headers.of(namesAndValues));
  }

  @ParameterizedTest
  @CsvSource({
    "'Bearer abc',        Bearer, 'abc',        abc",
    "'  bearer   abc  ',  bearer, 'abc',        abc",
    "'Bearer Bearer abc', Bearer, 'Bearer abc', abc",
    "'Basic eDp5',        Basic,  'eDp5',       eDp5",
    "'abc',               '',     'abc',        abc",
    "'Bearer ',           '',     'Bearer',     Bearer",
    "'',                  '',     '',           ''"
  })
  void aValueHasASchemeCredentialsAndAToken(
      String value, String scheme, String credentials, String token) {
    Authorization parsed = Authorization.parse(value);
    assertThat(parsed.scheme()).isEqualTo(scheme);
    assertThat(parsed.credentials()).isEqualTo(credentials);
    assertThat(parsed.token()).isEqualTo(token);
  }

  @Test
  void onlyTheSchemeBearerGivesABearerToken() {
    assertThat(Authorization.bearer(with("authorization", "BEARER abc"))).isEqualTo("abc");
    assertThat(Authorization.bearer(with("Authorization", "DPoP abc"))).isNull();
    assertThat(Authorization.bearer(with("Authorization", "Bearer"))).isNull();
    assertThat(Authorization.bearer(with("Authorization", "abc"))).isNull();
    assertThat(Authorization.bearer(with("X-Authorization", "Bearer abc"))).isNull();
  }

  @Test
  void ofSeveralHeadersTheFirstCounts() {
    RequestHead head = with("Authorization", "Bearer one", "Authorization", "Bearer two");
    assertThat(Authorization.bearer(head)).isEqualTo("one");
  }

  @Test
  void itsTextDoesNotShowTheCredentials() {
    assertThat(Authorization.parse("Bearer abc")).hasToString("Authorization[Bearer]");
    assertThat(Authorization.parse("abc").toString()).doesNotContain("abc");
  }
}
