package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.mcp.SseEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says is read in whatever shape it says it. */
class SaidTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json|{\"error\":\"invalid_grant\",\"error_description\":\"old\"}|invalid_grant|old",
        "json|{\"error\":{\"code\":\"x_y\",\"message\":\"nested\"}}|x_y|nested",
        "json|{\"error\":{\"code\":403,\"message\":\"no\",\"status\":\"DENIED\"}}||no",
        "json|{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001,\"message\":\"gone\"}}||gone",
        "json|{\"ok\":false,\"error\":\"bad_client_secret\"}|bad_client_secret|",
        "json|{\"error\":\"Not a code at all\"}||Not a code at all",
        "problem+json|{\"title\":\"Forbidden\",\"detail\":\"no role\"}||Forbidden: no role",
        "json|{\"errors\":[{\"message\":\"first\"},{\"message\":\"second\"}]}||first",
        "json|{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Field required\"}]}||body: Field required",
        "json|{\"errorCode\":\"E0000011\",\"errorSummary\":\"Invalid\"}|E0000011|Invalid",
        "json|[{\"message\":\"in a list\"}]||in a list",
        "x-www-form-urlencoded|error=bad_code&error_description=was+used|bad_code|was used",
        "octet-stream|Just a line||Just a line",
        "xhtml+xml|<html><head><title>Oh no</title></head><body>x</body></html>||Oh no",
        "xhtml+xml|<html><title>Forbidden</title><p>CSRF failed</p></html>||Forbidden: CSRF failed",
        "x|data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"late\"}}||late",
        "xml|<Error><Code>Denied</Code><Message>no key</Message></Error>|Denied|no key"
      })
  void aBodyIsRead(String type, String body, @Nullable String code, @Nullable String text) {
    Said said = Said.of(answer(Headers.of("Content-Type", "application/" + type), body));
    assertThat(said.text()).isEqualTo(text);
    assertThat(said.code()).isEqualTo(code);
  }

  /** Nothing tells that it is no secret: it may be compared, and is not quoted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"glorp\":\"the text\"}|glorp",
        "{\"a\":{\"b\":[{\"c\":\"the text\"}]}}|a.b.c",
        "{\"ok\":false,\"glorp\":\"the text\"}|glorp"
      })
  void wordsInAMemberThatNobodyDocumentsAreNotQuoted(String body, String member) {
    Said said = Said.of(answer(Headers.NONE, body));
    assertThat(said.hidden()).isEqualTo(member);
    assertThat(said.quote()).isNull();
    assertThat(said.lower()).contains("the text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error|Quota exceeded|Quota exceeded",
        "error|{\"message\":\"Quota exceeded\"}|Quota exceeded",
        "server_error|{\"error\":\"quota_exceeded\"}|quota_exceeded",
        "message|{\"error\":{\"message\":\"late\"}}|late",
        "message|{\"message\":\"fine\"}|",
        "message|just text|",
        "endpoint|/messages?sessionId=1|",
        "error|{\"glorp\":\"the text\"}|"
      })
  void anEventSaysSomethingIfItIsAnError(String name, String data, @Nullable String quote) {
    assertThat(Said.of(new SseEvent(name, data, null, false)).quote()).isEqualTo(quote);
  }

  @Test
  void aLongTextIsNotCutWithinAWord() {
    String key = "vB6tR1xW9mZ4Kd7fQ2aP5sL8uN3eH0jG";
    for (int before = 270; before < 300; before++) {
      String body = "x".repeat(before) + " " + key + " and more";
      String text = Said.of(answer(Headers.of("Content-Type", "text/plain"), body)).text();
      assertThat(text).doesNotContain(key.substring(0, 1)).endsWith("x…");
    }
  }

  @Test
  void theChallengeComesFirst() {
    Headers headers =
        Headers.of(
            "WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"expired\"");
    Said said = Said.of(answer(headers, "{\"message\":\"other words\"}"));
    assertThat(said.code()).isEqualTo("invalid_token");
    assertThat(said.quote()).isEqualTo("expired");
  }

  @Test
  void whatIsLongIsCutAndNothingIsLeftOfBinary() {
    assertThat(Said.of(answer(Headers.NONE, "x".repeat(5000))).quote()).hasSizeLessThan(310);
    assertThat(Said.of(answer(Headers.NONE, "\u0000\u0001\u0002")).quote()).isNull();
    assertThat(Said.of(answer(Headers.NONE, "")).quote()).isNull();
    assertThat(Said.of(answer(Headers.NONE, "{".repeat(4000))).quote()).isNull();
  }

  @Test
  void itsTextIsNotShownByAccident() {
    assertThat(new Said("code", "secret words").toString()).doesNotContain("secret");
  }

  private static Exchange answer(Headers headers, String body) {
    RequestHead head = new RequestHead("POST", URI.create("https://as.example/t"), Headers.NONE);
    return Exchange.sending(1, ClientKind.OKHTTP, Role.TOKEN, head, Body.NONE, Instant.EPOCH)
        .answered(new ResponseHead(400, headers), Duration.ZERO)
        .withResponseBody(Body.of(body), Duration.ZERO);
  }
}
