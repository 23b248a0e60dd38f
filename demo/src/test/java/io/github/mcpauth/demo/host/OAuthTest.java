package io.github.mcpauth.demo.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the conformance suite does not look at. */
class OAuthTest {

  private static final URI SERVER = URI.create("https://mcp.example/mcp");
  private static final Challenge HINT =
      Challenge.of(List.of("Bearer resource_metadata=\"https://mcp.example/doc\""));

  private final List<Map<String, String>> tokenRequests = new ArrayList<>();
  private String pkce = "\"S256\"";
  private String answeredBy = "https://auth.example";

  @Test
  void refreshesOnceWithTheSameResource() throws Exception {
    OAuth oauth = new OAuth(this::answer, settings("strict"));
    assertThat(oauth.renewable()).isFalse();
    assertThat(oauth.authorize(SERVER, HINT)).isEqualTo("token-1");
    assertThat(oauth.renewable()).isTrue();
    assertThat(oauth.renew()).isEqualTo("token-2");
    assertThat(tokenRequests.get(1))
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "again")
        .containsEntry("client_id", "me")
        .containsEntry("resource", "https://mcp.example/mcp");
    assertThat(oauth.renewable()).isFalse();
  }

  @Test
  void givesUpWithoutAHintUnlessToldWhereToLook() throws Exception {
    Challenge silent = Challenge.of(List.of("Bearer"));
    assertThatThrownBy(() -> new OAuth(this::answer, settings("strict")).authorize(SERVER, silent))
        .isInstanceOf(IOException.class)
        .hasMessage("no protected resource metadata");
    assertThat(new OAuth(this::answer, settings("well-known")).authorize(SERVER, silent))
        .isEqualTo("token-1");
  }

  @Test
  void insistsOnPkce() {
    pkce = "";
    assertThatThrownBy(() -> new OAuth(this::answer, settings("strict")).authorize(SERVER, HINT))
        .hasMessage("the authorization server does not support PKCE");
  }

  @Test
  void takesNoCodeFromAnotherIssuer() {
    answeredBy = "https://evil.example";
    assertThatThrownBy(() -> new OAuth(this::answer, settings("strict")).authorize(SERVER, HINT))
        .hasMessage("the authorization response comes from another issuer");
    assertThat(tokenRequests).isEmpty();
  }

  private static Settings settings(String lookup) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("demo.lookup", lookup);
    return Settings.of(properties, "{\"client_id\":\"me\"}");
  }

  private Http.Reply answer(
      URI url, Map<String, String> headers, @Nullable String type, @Nullable String body) {
    return switch (url.getPath()) {
      case "/doc", "/.well-known/oauth-protected-resource/mcp" ->
          ok(
              "{'resource':'https://mcp.example/mcp','authorization_servers':['https://auth.example']}");
      case "/.well-known/oauth-authorization-server" ->
          ok(
              ("{'issuer':'https://auth.example','token_endpoint':'https://auth.example/token',"
                      + "'authorization_endpoint':'https://auth.example/authorize',"
                      + "'code_challenge_methods_supported':[PKCE]}")
                  .replace("PKCE", pkce));
      case "/authorize" -> {
        String state = String.valueOf(Form.read(url.getRawQuery()).get("state"));
        Map<String, String> back = Map.of("code", "c", "state", state, "iss", answeredBy);
        yield new Http.Reply(302, "", CodeGrant.REDIRECT + "?" + Form.write(back));
      }
      case "/token" -> {
        tokenRequests.add(Form.read(body));
        String refresh = tokenRequests.size() == 1 ? ",'refresh_token':'again'" : "";
        yield ok("{'access_token':'token-" + tokenRequests.size() + "'" + refresh + "}");
      }
      default -> new Http.Reply(404, "", null);
    };
  }

  private static Http.Reply ok(String json) {
    return new Http.Reply(200, json.replace('\'', '"'), null);
  }
}
