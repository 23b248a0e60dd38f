package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only MCP and its OAuth legs are looked at. */
class RecogniserTest {

  private final Recogniser recogniser =
      new Recogniser(new Provenance(new McpServers(Instant::now), new Logins()));

  private @Nullable Role role(String method, String url, Headers headers, String body) {
    return recogniser.recognise(
        new RequestHead(method, URI.create(url), headers), () -> Body.of(body));
  }

  private static Headers json(String accept) {
    return Headers.of("content-type", "application/json; charset=utf-8", "Accept", accept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.openai.com/v1/chat/completions|{\"model\":\"x\",\"stream\":true}",
        "https://api.anthropic.com/v1/messages|{\"model\":\"c\",\"messages\":[]}",
        "http://localhost:11434/api/chat|{\"model\":\"llama\",\"messages\":[]}",
        "https://node.example/|{\"jsonrpc\":\"2.0\",\"method\":\"eth_call\",\"id\":1}",
        "https://shop.example/api|{\"redirect_uris\":[\"x\"]}"
      })
  void otherProtocolsAreNoneOfOurBusiness(String url, String body) {
    assertThat(role("POST", url, json("application/json, text/event-stream"), body)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/call\",\"params\":{}}",
        "{\"params\":{\"protocolVersion\":\"1\"},\"method\" : \"initialize\",\"jsonrpc\":\"2.0\"}",
        "[{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1}]",
        "{\"jsonrpc\":\"2.0\",\"method\":\"server/discover\",\"id\":1}"
      })
  void mcpIsKnownByItsMethods(String body) {
    assertThat(role("POST", "https://any.example/x", json("*/*"), body)).isEqualTo(Role.MCP);
  }

  @Test
  void anInitializeWithoutParametersIsMcpIfItAcceptsBothMediaTypes() {
    String bare = "{\"jsonrpc\":\"2.0\",\"method\":\"initialize\",\"id\":1}";
    String url = "http://localhost/rpc";
    assertThat(role("POST", url, json("application/json, text/event-stream"), bare))
        .isEqualTo(Role.MCP);
    assertThat(role("POST", url, json("application/json"), bare)).isNull(); // LSP's, say.
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true",
        "{\"jsonrpc\":\"2.0\",\"id|true",
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"par|true",
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_call\",\"par|false",
        "{\"model\":\"x\",\"mess|false"
      })
  void aBodyThatBrokeOffBeforeItCouldTellLeavesItToWhatTheRequestAccepts(String body, boolean mcp) {
    byte[] kept = body.getBytes(StandardCharsets.UTF_8);
    Body broken = new Body(kept, kept.length, false);
    URI url = URI.create("https://any.example/x");
    for (String accept :
        new String[] {"application/json, text/event-stream", "text/event-stream"}) {
      RequestHead head = new RequestHead("POST", url, json(accept));
      boolean expected = mcp && (accept.contains("json") || body.contains("tools/call"));
      assertThat(recogniser.recognise(head, () -> broken)).isEqualTo(expected ? Role.MCP : null);
    }
  }

  @Test
  void mcpIsKnownByItsHeaders() {
    Headers session = Headers.of("mcp-session-id", "s");
    assertThat(role("DELETE", "https://any.example/x", session, "")).isEqualTo(Role.MCP);
    assertThat(role("GET", "https://any.example/x", session, "")).isEqualTo(Role.MCP);
  }

  @Test
  void aStreamIsMcpOnlyAtAPathThatLooksLikeIt() {
    Headers stream = Headers.of("Accept", "text/event-stream");
    assertThat(role("GET", "https://a.example/v1/sse", stream, "")).isEqualTo(Role.MCP);
    assertThat(role("GET", "https://a.example/prices", stream, "")).isNull();
  }

  @Test
  void aHostsOwnLoginIsNotLoggedWhileNoServerWantsOne() {
    String form = "grant_type=client_credentials";
    Headers type = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    // Watched, since a server may turn out to be concerned; taken down only then.
    assertThat(role("POST", "https://idp.example/token", type, form)).isEqualTo(Role.TOKEN);
    String openid = "https://idp.example/.well-known/openid-configuration";
    assertThat(role("GET", openid, Headers.NONE, "")).isNull();
    String resource = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
    assertThat(role("GET", resource, Headers.NONE, "")).isEqualTo(Role.PROTECTED_RESOURCE_METADATA);
  }

  /** MCP 2025-03-26 asks clients for the header on discovery; the TypeScript SDK sends it. */
  @Test
  void aRequestForMetadataStaysOneWhenItNamesARevision() {
    Headers revision = Headers.of("MCP-Protocol-Version", "2025-11-25");
    assertThat(
            role(
                "GET",
                "https://mcp.example/.well-known/oauth-protected-resource/mcp",
                revision,
                ""))
        .isEqualTo(Role.PROTECTED_RESOURCE_METADATA);
    assertThat(
            role("GET", "https://mcp.example/.well-known/oauth-authorization-server", revision, ""))
        .isEqualTo(Role.AUTHORIZATION_SERVER_METADATA);
    assertThat(role("GET", "https://as.example/t/.well-known/openid-configuration", revision, ""))
        .isEqualTo(Role.AUTHORIZATION_SERVER_METADATA);
    assertThat(role("GET", "https://as.example/.well-known/openid-configuration", Headers.NONE, ""))
        .isNull();
    assertThat(role("GET", "https://mcp.example/anything", revision, "")).isEqualTo(Role.MCP);
  }

  @Test
  void hostileBodiesAreOnlyNotRecognised() {
    String deep = "[".repeat(100_000);
    assertThat(role("POST", "https://a.example/x", json("*/*"), deep)).isNull();
    assertThat(role("POST", "https://a.example/x", json("*/*"), "\"jsonrpc\"\"method\":\""))
        .isNull();
  }
}
