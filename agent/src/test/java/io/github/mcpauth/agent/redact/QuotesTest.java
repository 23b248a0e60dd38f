package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.LogEvents;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.reading.Said;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a finding quotes of a server can be read once it was redacted, or is not called a quote. */
class QuotesTest {

  private static final String WORDS = "Your plan does not include this server";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"denied\",\"error_description\":\"@\"}",
        "{\"errorDescription\":\"@\"}",
        "{\"error_message\":\"@\"}",
        "{\"errorMessage\":\"@\"}",
        "{\"errorCode\":\"E0000006\",\"errorSummary\":\"@\"}",
        "{\"detail\":\"@\"}",
        "{\"detail\":[{\"loc\":[\"body\",\"name\"],\"msg\":\"@\"}]}",
        "{\"message\":\"@\"}",
        "{\"Message\":\"@\"}",
        "{\"description\":\"@\"}",
        "{\"reason\":\"@\"}",
        "{\"title\":\"@\"}",
        "{\"details\":\"@\"}",
        "{\"error_summary\":\"@\"}",
        "{\"error\":\"@\"}",
        "{\"error\":{\"message\":\"@\",\"status\":\"PERMISSION_DENIED\"}}",
        "{\"errors\":[{\"message\":\"@\"}]}",
        "{\"err\":{\"message\":\"@\"}}",
        "{\"Error\":{\"Message\":\"@\"}}",
        "{\"fault\":{\"faultstring\":\"@\"}}",
        "{\"__type\":\"NotAuthorizedException\",\"message\":\"@\"}",
        "{\"glorp\":\"@\"}",
        "{\"glorp\":{\"blurb\":\"@\"}}",
        "@",
        "<html><title>@</title></html>"
      })
  void itIsReadable(String template) {
    for (Role role : new Role[] {Role.MCP, Role.TOKEN, Role.REGISTRATION}) {
      Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
      RequestHead head =
          new RequestHead("POST", URI.create("https://mcp.example/mcp"), Headers.NONE);
      Exchange exchange =
          Exchange.sending(1, ClientKind.OKHTTP, role, head, Body.NONE, Instant.EPOCH)
              .answered(new ResponseHead(418, Headers.NONE), Duration.ZERO)
              .withResponseBody(Body.of(template.replace("@", WORDS)), Duration.ZERO);
      redactor.learn(exchange);
      redactor.redact(LogEvents.exchange(Instant.EPOCH, exchange, null).raw());
      String quote = Said.of(exchange).quote();
      if (template.contains("glorp")) {
        assertThat(quote).isNull();
      } else {
        assertThat(quote).isNotNull();
        assertThat(redactor.redact(Map.of("quote", quote)).fields().toString())
            .as(role + " " + template)
            .contains(WORDS);
      }
    }
  }
}
