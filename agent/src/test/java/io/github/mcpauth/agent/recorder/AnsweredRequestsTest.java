package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnsweredRequestsTest {

  private static final String SERVER = "https://mcp.example/mcp";

  private final AnsweredRequests requests = new AnsweredRequests();

  private static JsonRpcMessage message(String json) {
    return JsonRpc.parse(json.getBytes(StandardCharsets.UTF_8)).get(0);
  }

  private @Nullable String asked(String id) {
    String request = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"roots/list\"}";
    assertThat(requests.method(message(request), SERVER, "received")).isEqualTo("roots/list");
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}";
    return requests.method(message(answer), SERVER, "sent");
  }

  @Test
  void anAnswerHasTheMethodOfItsRequest() {
    assertThat(asked("1")).isEqualTo("roots/list");
    assertThat(asked("x".repeat(200))).isEqualTo("roots/list");
  }

  /** A server may choose ids of any length, thousands of them. */
  @Test
  void anIdThatNoProgramHasIsNotKept() {
    assertThat(asked("x".repeat(60_000))).isNull();
  }
}
