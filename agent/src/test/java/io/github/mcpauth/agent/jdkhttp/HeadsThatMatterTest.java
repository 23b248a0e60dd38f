package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quick test that spares requests which cannot be MCP or OAuth. */
class HeadsThatMatterTest {

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
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    assertThat(HeadTest.mayMatter(request)).isEqualTo(matters);
  }
}
