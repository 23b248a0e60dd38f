package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that the host signed leaves as it is, and once, whatever the fixes would like. */
class SignedRequestsTest {

  private static FixWorld everyFix(Reply refusal) {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return FixWorld.with(
        all,
        sent ->
            sent.says("\"initialize\"")
                ? Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s1")
                : sent.goesTo(MCP) && sent.says("tools/") ? refusal : Reply.of(404, ""));
  }

  private static String bound() {
    String claims =
        "{\"sub\":\"a\",\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}}";
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Signature | sig1=:YWJj:",
        "Signature-Input | sig1=(\"@method\" \"accept\");created=1",
        "Authorization | AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu/x/aws4_request, Signature=ab",
        "Authorization | AWS4-ECDSA-P256-SHA256 Credential=AKIA, Signature=ab",
        "Authorization | DPoP abcdefgh",
        "DPoP | eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.c2ln",
        "Authorization | Signature keyId=\"k\",signature=\"YWJj\"",
        "Authorization | BOUND",
        "Authorization | Bearer BOUND",
        "Authorization | OAuth oauth_consumer_key=\"k\",oauth_signature=\"YWJj\"",
        "Authorization | HMAC-SHA256 SignedHeaders=accept&Signature=ab",
        "Authorization | SharedKey account:YWJj",
        "Authorization | Hawk id=\"a\", mac=\"YWJj\"",
        "Content-Digest | sha-256=:YWJj:",
        "X-Hub-Signature-256 | sha256=ab",
        "X-Hmac | ab",
      })
  void isLeftAlone(String name, String value) {
    String[] field = {
      name, value.endsWith("BOUND") ? "Bearer " + value.replace("BOUND", bound()) : value
    };
    for (Reply refusal :
        List.of(
            Reply.of(200, RESULT),
            Reply.of(431, ""),
            Reply.of(401, "", "WWW-Authenticate", "Bearer"),
            Reply.of(307, "", "Location", "/mcp/"),
            Reply.of(
                404,
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}"))) {
      FixWorld world = everyFix(refusal);
      world.post(INITIALIZE);
      world.wire.clear();
      List<String> all = new ArrayList<>(List.of(field));
      // Neither both media types nor the negotiated revision, and ballast.
      all.addAll(List.of("Accept", "application/json", "Mcp-Session-Id", "s1", "baggage", "x=y"));
      String[] headers = all.toArray(new String[0]);
      world.host("POST", MCP, CALL, headers);
      assertThat(world.wire).filteredOn(sent -> sent.says("tools/call")).hasSize(1);
      assertThat(world.wire.get(0).head().headers()).isEqualTo(Headers.of(headers));
      assertThat(world.wire).noneMatch(sent -> sent.says("\"initialize\""));
    }
  }

  @Test
  void aPresignedUrlIsASignature() {
    FixWorld world = everyFix(Reply.of(200, RESULT));
    world.post(INITIALIZE);
    String url = MCP + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=ab";
    world.host("POST", url, CALL, "Mcp-Session-Id", "s1");
    assertThat(world.last().head().headers()).isEqualTo(Headers.of("Mcp-Session-Id", "s1"));
  }
}
