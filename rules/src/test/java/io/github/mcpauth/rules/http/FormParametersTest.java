package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Parameters of forms and queries are read, added and left out; what stays is not written anew. */
class FormParametersTest {

  private static FormParameters form(String text) {
    return FormParameters.of(Body.of(text));
  }

  @Test
  void theFirstOfANameIsTakenAndDecoded() {
    assertThat(form("a=1&scope=read+write%2F&scope=x").first("scope")).isEqualTo("read write/");
    assertThat(form("a=").first("a")).isEmpty();
    assertThat(form("%61=1").first("a")).isEqualTo("1");
  }

  @Test
  void whatIsNotThereOrCannotBeDecodedIsNull() {
    assertThat(form("").first("a")).isNull();
    assertThat(form("a").first("a")).isNull();
    assertThat(form("xa=1&a").first("a")).isNull();
    assertThat(form("a=%zz").first("a")).isNull();
  }

  @Test
  void oneMoreGoesToTheEndEncoded() {
    assertThat(form("a=%20").plus("resource", "https://x/?y z").encoded())
        .isEqualTo("a=%20&resource=https%3A%2F%2Fx%2F%3Fy+z");
    assertThat(form("").plus("a", "1").encoded()).isEqualTo("a=1");
    assertThat(form("a=1").plusRaw("b", "%2B").encoded()).isEqualTo("a=1&b=%2B");
  }

  @Test
  void everyOneOfANameIsLeftOutAndTheRestStaysAsItWas() {
    assertThat(form("a=1&b=%2b&a=2&c").without("a").encoded()).isEqualTo("b=%2b&c");
    assertThat(form("a=1").without("a").encoded()).isEmpty();
    assertThat(form("a=1&&b=2").without("c").encoded()).isEqualTo("a=1&&b=2");
  }

  @Test
  void aQueryIsReadAndReplacedWithinItsUrl() {
    URI url = URI.create("https://as.example/authorize?client_id=x#top");
    assertThat(FormParameters.of(url).first("client_id")).isEqualTo("x");
    assertThat(FormParameters.of(url).plus("scope", "a b").in(url))
        .hasToString("https://as.example/authorize?client_id=x&scope=a+b");
    URI bare = URI.create("https://as.example/authorize");
    assertThat(FormParameters.of(bare)).isEmpty();
    assertThat(FormParameters.of(bare).plus("a", "1").in(bare))
        .hasToString("https://as.example/authorize?a=1");
  }

  @Test
  void theirTextShowsNamesOnly() {
    FormParameters form = form("client_secret=hush&code");
    assertThat(form).hasToString("client_secret&code");
    assertThat(form.iterator().next()).hasToString("client_secret");
  }
}
