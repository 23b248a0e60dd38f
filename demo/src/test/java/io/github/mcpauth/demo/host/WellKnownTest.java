package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellKnownTest {

  @Test
  void looksForResourceMetadataUnderThePathFirst() {
    assertThat(WellKnown.ofResource(URI.create("https://mcp.example:8443/team/mcp/")))
        .extracting(URI::toString)
        .containsExactly(
            "https://mcp.example:8443/.well-known/oauth-protected-resource/team/mcp",
            "https://mcp.example:8443/.well-known/oauth-protected-resource");
    assertThat(WellKnown.ofResource(URI.create("https://mcp.example/"))).hasSize(1);
  }

  @Test
  void insertsTheIssuersPathBeforeItAppends() {
    assertThat(WellKnown.ofIssuer(URI.create("https://auth.example/tenant")))
        .extracting(URI::toString)
        .containsExactly(
            "https://auth.example/.well-known/oauth-authorization-server/tenant",
            "https://auth.example/.well-known/openid-configuration/tenant",
            "https://auth.example/tenant/.well-known/openid-configuration");
    assertThat(WellKnown.ofIssuer(URI.create("https://auth.example")))
        .extracting(URI::toString)
        .containsExactly(
            "https://auth.example/.well-known/oauth-authorization-server",
            "https://auth.example/.well-known/openid-configuration");
  }

  @ParameterizedTest
  @CsvSource({
    "https://mcp.example/mcp, true",
    "https://mcp.example, true",
    "https://MCP.example/mcp/, true",
    "https://mcp.example/mc, false",
    "https://mcp.example/mcp/other, false",
    "https://mcp.example:444/mcp, false",
    "https://evil.example/mcp, false"
  })
  void takesMetadataOfTheServerOrOfWhatIsAboveIt(String resource, boolean covers) {
    assertThat(WellKnown.covers(URI.create(resource), URI.create("https://mcp.example/mcp")))
        .isEqualTo(covers);
  }
}
