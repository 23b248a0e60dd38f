package io.github.mcpauth.agent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any body is read for messages; what JSON says is a message is one, and a cut adds none. */
class JsonRpcFuzz {

  @FuzzTest(maxDuration = "3s")
  void messages(byte[] data) throws IOException {
    List<JsonRpcMessage> messages = JsonRpc.parse(data);
    assertThat(JsonRpc.parse(Arrays.copyOf(data, data.length / 2)).size())
        .isLessThanOrEqualTo(messages.size() + 1);
    Object json;
    try {
      json = Json.read(data);
    } catch (IOException e) {
      return;
    }
    if (json instanceof Map<?, ?> object
        && "2.0".equals(object.get("jsonrpc"))
        && object.get("method") instanceof String method) {
      assertThat(messages).extracting(JsonRpcMessage::method).containsExactly(method);
    }
  }
}
