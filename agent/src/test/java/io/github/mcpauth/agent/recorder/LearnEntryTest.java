package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In an overload, what nobody quotes is not learned; what may be quoted is, before it is: else a
 * peer that has a host overloaded has the credentials that it echoes shown.
 */
class LearnEntryTest {

  private static Exchange sent(String method) {
    RequestHead head = new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), Headers.NONE);
    Body body = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}");
    return Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, body, Instant.EPOCH);
  }

  private static Lane lane(String method, int status, String answer) {
    Exchange answered =
        sent(method)
            .answered(new ResponseHead(status, Headers.NONE), Duration.ZERO)
            .withResponseBody(Body.of(answer), Duration.ZERO);
    return LearnEntry.of(answered).lane();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "tools/list; 200; {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"caf\\u00e9\"}}; BULK",
        "tools/list; 202; ``; BULK",
        "initialize; 200; {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}; PRIORITY",
        "tools/call; 200; {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}; PRIORITY",
        "tools/call; 200; {\"jsonrpc\":\"2.0\",\"result\":1,\"e\\u0072\\u0072or\":{}}; PRIORITY",
        "tools/call; 200; {\"jsonrpc\":\"2.0\",\"result\":{\"isErr\\u006Fr\":true}}; PRIORITY",
        "tools/call; 200; <html><title>who are you</title></html>; PRIORITY",
        "tools/call; 200; {\"message\":\"who are you\"}; PRIORITY",
        "tools/list; 401; {\"jsonrpc\":\"2.0\",\"result\":1}; PRIORITY"
      })
  void whatMayBeQuotedIsLearned(String method, int status, String answer, Lane lane) {
    assertThat(lane(method, status, answer == null ? "" : answer)).isEqualTo(lane);
  }

  @Test
  void whatHasNoAnswerYetIsNotQuoted() {
    assertThat(LearnEntry.of(sent("tools/call")).lane()).isEqualTo(Lane.BULK);
  }
}
