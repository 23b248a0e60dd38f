package io.github.mcpauth.rules.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.mcp.JsonRpcMessage.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRpcTest {

  private static List<JsonRpcMessage> parse(String body) {
    return JsonRpc.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void namesTheToolOfARequestWithANumberForAnId() {
    assertThat(
            parse(
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\","
                    + "\"params\":{\"arguments\":{\"name\":\"no\"},\"name\":\"add\"}}"))
        .containsExactly(
            new JsonRpcMessage(
                Kind.REQUEST, "tools/call", "3", null, null, "add", null, false, null, false, ""));
  }

  @Test
  void readsABatchOfAnswersAndNotifications() {
    assertThat(
            parse(
                "[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"protocolVersion\":\"2025-06-18\"}},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"no\"}},"
                    + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"))
        .containsExactly(
            new JsonRpcMessage(
                Kind.RESPONSE, null, "a", null, null, null, "2025-06-18", true, null, false, ""),
            new JsonRpcMessage(
                Kind.ERROR, null, null, -32001, "no", null, null, false, null, false, ""),
            new JsonRpcMessage(
                Kind.NOTIFICATION,
                "notifications/initialized",
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                false,
                ""));
  }

  @Test
  void neverFailsWhereverABodyIsCutAndKeepsTheMethodOnceItWasThere() {
    String body =
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"},\"id\":1}";
    int methodEnds = body.indexOf(",\"params");
    for (int cut = 0; cut < body.length(); cut++) {
      List<JsonRpcMessage> messages = parse(body.substring(0, cut));
      if (cut >= methodEnds) {
        assertThat(messages).singleElement().extracting("kind").isEqualTo(Kind.REQUEST);
      }
    }
  }

  @Test
  void keepsTheBeginningOfNamesAndMessagesThatAreNone() {
    String endless = "x".repeat(1_000_000);
    JsonRpcMessage request =
        parse(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + endless
                    + "\"}}")
            .get(0);
    assertThat(request.toolName()).hasSize(1024);
    JsonRpcMessage error =
        parse(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\""
                    + endless
                    + "\"}}")
            .get(0);
    assertThat(error.errorMessage()).hasSize(4096);
  }

  @Test
  void findsNothingInWhatIsNotJsonRpc() {
    assertThat(parse("{\"method\":\"tools/call\",\"id\":1}")).isEmpty();
    assertThat(parse("<html>")).isEmpty();
    assertThat(parse("[".repeat(5000))).isEmpty();
  }
}
