package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was meant as a form is shown as one, whatever form it has: nothing that is not harmless. */
class MisshapenRequestsTest {

  private static final String KEY = "k7Qp2vR9x4Lm8Tz1";

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json|{\"grant_type\":\"refresh_token\",\"code\":\"banana\",\"glorp\":\"@\"}",
        "application/json|{\"grant_type\":\"refresh_token\",\"code\":\"banana\",\"refresh_token\":\"@\"}",
        "application/json|{\"grant_type\":\"refresh_token\",\"code\":\"banana\",\"client\":{\"id\":\"@\"}}",
        "application/json|{\"grant_type\":\"refresh_token\",\"code\":\"banana\",\"x\":[\"@\",\"y\"]}",
        "application/x-www-form-urlencoded|{\"grant_type\":\"refresh_token\",\"code\":\"banana\",\"x\":\"@\"}",
        "text/plain|grant_type=refresh_token&code=banana&glorp=@",
        "multipart/form-data; boundary=b|--b~Content-Disposition: form-data; name=\"grant_type\"~~"
            + "refresh_token~--b~Content-Disposition: form-data; name=\"code\"~~banana~--b~"
            + "Content-Disposition: form-data; name=\"glorp\"~~@~--b--~"
      })
  void nothingIsShownThatIsNotKnownToBeHarmless(String type, String template) {
    String body = template.replace("~", "\r\n").replace("@", KEY);
    RequestHead head =
        new RequestHead(
            "POST", URI.create("https://as.example/token"), Headers.of("Content-Type", type));
    Exchange exchange =
        Exchange.sending(
            1, ClientKind.JAVA_NET_HTTP, Role.MISSHAPEN_TOKEN, head, Body.of(body), Instant.EPOCH);
    redactor.learn(exchange);
    String shown =
        redactor
            .redact(
                Map.of(
                    "form",
                    Objects.requireNonNull(Document.form(exchange)),
                    "quote",
                    "the server says " + KEY + ", and the start of it: " + KEY.substring(0, 10)))
            .fields()
            .toString();
    assertThat(shown)
        .contains("grant_type=refresh_token", "the server says")
        .doesNotContain("banana", KEY.substring(0, 9));
  }
}
