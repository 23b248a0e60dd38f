package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies may go to another origin. */
class CarriedCredentialsTest {

  private static final String PAT = "pat-0123456789";

  private static boolean mayLeave(Role role, Body body) {
    Headers headers = Headers.of("X-Pat", PAT, "Authorization", "Bearer opaque-0123456789");
    RequestHead head = new RequestHead("POST", URI.create("https://mcp.example/mcp"), headers);
    return CarriedCredentials.mayLeaveInBody(
        Exchange.sending(1, ClientKind.OKHTTP, role, head, body, Instant.EPOCH));
  }

  private static Body message(String arguments) {
    return Body.of(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\","
            + "\"arguments\":"
            + arguments
            + "}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"q\":\"a token of thanks\"}", "{\"max_tokens\":5}", "[1,null]"})
  void aMessageWithoutOneMayLeave(String arguments) {
    assertThat(mayLeave(Role.MCP, message(arguments))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\":\"p\"}",
        "{\"a\":[{\"client_secret\":null}]}",
        "{\"passw\\u006frd\":1}",
        "{\"q\":\"Basic dTpw\"}",
        "{\"q\":\"eyJhbGciOiJub25lIn0.e30.c2ln\"}",
        "{\"q\":\"it is " + PAT + ", keep it\"}",
        "{\"q\":\"opaque-012345678\\u0039\"}",
        "{\"q\":1"
      })
  void oneWithACredentialMayNot(String arguments) {
    assertThat(mayLeave(Role.MCP, message(arguments))).isFalse();
  }

  @Test
  void whatIsNoMessageOrWasNotSeenMayNot() {
    assertThat(mayLeave(Role.TOKEN, message("{}"))).isFalse();
    assertThat(mayLeave(Role.MCP, Body.of("{\"prompt\":\"x\"}"))).isFalse();
    assertThat(mayLeave(Role.TOKEN, Body.of("grant_type=refresh_token&refresh_token=r"))).isFalse();
    byte[] some = "{\"jsonrpc\":\"2.0\"".getBytes(StandardCharsets.UTF_8);
    assertThat(mayLeave(Role.MCP, new Body(some, 100, false))).isFalse();
    assertThat(mayLeave(Role.MCP, Body.NONE)).isTrue();
  }
}
