package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leg of OAuth in another form than its own is seen at the place that metadata names, only. */
class MisshapenLegsTest {

  private static final String AS = "https://as.example";
  private static final String GRANT =
      "{\"grant_type\":\"authorization_code\",\"resource\":\"https://mcp.example/mcp\"}";

  private final McpServers servers = new McpServers(Instant::now);
  private final Provenance provenance = new Provenance(servers, new Logins());
  private final Recogniser recogniser = new Recogniser(provenance);

  private @Nullable Role role(String url, String type, String body) {
    return recogniser.recognise(head(url, type), () -> Body.of(body));
  }

  private static RequestHead head(String url, String type) {
    Headers headers = type.isEmpty() ? Headers.NONE : Headers.of("Content-Type", type);
    return new RequestHead("POST", URI.create(url), headers);
  }

  @BeforeEach
  void aServerNamesItsAuthorizationServerWhoseMetadataIsKnown() {
    Exchange init =
        Exchange.sending(
            1,
            ClientKind.JAVA_NET_HTTP,
            Role.MCP,
            new RequestHead("POST", URI.create("https://mcp.example/mcp"), Headers.NONE),
            Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}"),
            Instant.now());
    McpServer server = Objects.requireNonNull(provenance.of(init)).server();
    provenance.learn(
        server,
        Objects.requireNonNull(
            ProtectedResourceMetadata.parse(
                Body.of(
                    "{\"resource\":\"https://mcp.example/mcp\",\"authorization_servers\":[\""
                        + AS
                        + "\"]}"))));
    URI metadata = URI.create(AS + "/.well-known/oauth-authorization-server");
    provenance.visited(metadata);
    provenance.learn(
        Objects.requireNonNull(
            AuthorizationServerMetadata.parse(
                Body.of(
                    "{\"issuer\":\""
                        + AS
                        + "\",\"token_endpoint\":\""
                        + AS
                        + "/token\",\"registration_endpoint\":\""
                        + AS
                        + "/register\"}"))),
        metadata);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/token|application/json|{\"grant_type\":\"refresh_token\"}|MISSHAPEN_TOKEN",
        "/token|application/x-www-form-urlencoded|{\"grant_type\":\"x\"}|MISSHAPEN_TOKEN",
        "/token|``|grant_type=refresh_token|MISSHAPEN_TOKEN",
        "/token|text/plain|grant_type=refresh_token|MISSHAPEN_TOKEN",
        "/token?grant_type=refresh_token|``|``|MISSHAPEN_TOKEN",
        "/token|application/x-www-form-urlencoded|grant_type=refresh_token|TOKEN",
        "/token|application/json|{\"query\":\"{ me }\"}|",
        "/token|application/json|[{\"grant_type\":\"x\"}]|",
        "/token|text/plain|hello|",
        "/token?page=2|``|``|",
        "/other|application/json|{\"grant_type\":\"refresh_token\"}|",
        "/other|text/plain|grant_type=refresh_token|",
        "/register|application/x-www-form-urlencoded|redirect_uris=x|MISSHAPEN_REGISTRATION",
        "/register|text/plain|{\"redirect_uris\":[\"x\"]}|MISSHAPEN_REGISTRATION",
        "/register|application/json|{\"redirect_uris\":\"x\"}|MISSHAPEN_REGISTRATION",
        "/register|application/json|{\"redirect_uris\":[\"x\"]}|REGISTRATION",
        "/register|application/json|{\"name\":\"Ada\"}|",
        "/register|application/x-www-form-urlencoded|name=Ada&password=p|",
        "/elsewhere|application/x-www-form-urlencoded|redirect_uris=x|"
      })
  void itsParametersAndItsPlaceTell(String path, String type, String body, @Nullable Role role) {
    assertThat(role(AS + path, type, body)).isEqualTo(role);
  }

  @Test
  void elsewhereTheSameIsAnybodysRequest() {
    assertThat(role("https://other.example/token", "application/json", GRANT)).isNull();
    assertThat(role("https://mcp.example/token", "application/json", GRANT)).isNull();
  }

  /** So that no fix changes it: fixes act on nothing that is not certainly a server's. */
  @Test
  void itIsNeverCertainlyAServersWhateverItNames() {
    Exchange exchange =
        Exchange.sending(
            2,
            ClientKind.JAVA_NET_HTTP,
            Role.MISSHAPEN_TOKEN,
            head(AS + "/token", "application/json"),
            Body.of(GRANT),
            Instant.now());
    Attribution its = Objects.requireNonNull(provenance.of(exchange));
    assertThat(its.server().url()).isEqualTo("https://mcp.example/mcp");
    assertThat(its.isCertain()).isFalse();
    assertThat(its.isShown()).isTrue();
  }
}
