package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpc;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is open is found by exchange and by server, and a busy server forgets its own calls first.
 */
class OpenCallsTest {

  private final OpenCalls open = new OpenCalls();
  private final McpServer busy = server("https://busy.example/mcp");
  private final McpServer calm = server("https://calm.example/mcp");
  private long id;

  private static McpServer server(String url) {
    return TestServers.of(exchange(0, url));
  }

  private static Exchange exchange(long id, String url) {
    RequestHead head = new RequestHead("POST", URI.create(url), Headers.NONE);
    Body body = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}");
    return Exchange.sending(id, ClientKind.OKHTTP, Role.MCP, head, body, Instant.EPOCH);
  }

  private OpenCall call(McpServer server) {
    Exchange exchange = exchange(++id, server.url());
    OpenCall call =
        new OpenCall(JsonRpc.parse(exchange.requestBody().bytes()).get(0), exchange, server);
    open.add(call);
    return call;
  }

  @Test
  void aCallIsFoundByItsExchangeAndByItsServer() {
    OpenCall one = call(busy);
    OpenCall two = call(calm);
    assertThat(open.of(one.exchange())).containsExactly(one);
    assertThat(open.at(calm)).containsExactly(two);
    assertThat(open.all()).containsExactly(one, two);
  }

  @Test
  void aCallIsForgottenOnce() {
    OpenCall one = call(busy);
    assertThat(List.of(open.forget(one), open.forget(one))).containsExactly(true, false);
    assertThat(open.all()).isEmpty();
  }

  @Test
  void aBusyServerDoesNotMakeTheCallsOfAnotherBeForgotten() {
    OpenCall first = call(calm);
    OpenCall eldest = call(busy);
    for (int i = 0; i < 3000; i++) {
      call(busy);
    }
    assertThat(open.at(calm)).containsExactly(first);
    assertThat(open.at(busy)).hasSize(1023).doesNotContain(eldest);
  }
}
