package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.ExchangeHistory;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that lets a busy host wait until hundreds of other exchanges have gone by: what led to
 * the one that it answers then is not known any more, and nothing is concluded from that.
 */
class ForgottenChainsTest {

  private static Exchange refused(String message) {
    RequestHead head = new RequestHead("POST", URI.create(FixWorld.MCP), Headers.NONE);
    Body body = Body.of(message);
    return Exchange.sending(900, ClientKind.OKHTTP, Role.MCP, head, body, Instant.EPOCH)
        .answered(new ResponseHead(401, Headers.of("WWW-Authenticate", "Bearer")), Duration.ZERO)
        .withResponseBody(Body.NONE, Duration.ZERO);
  }

  private static boolean mayRepeat(Exchange refused) {
    Plan.Send again = new Plan.Send("again", refused.request(), null, true, Continuation.TAKE);
    return Repetition.obstacle(refused, refused, again, new ExchangeHistory()) == null;
  }

  @Test
  void whatMayHaveRunBeforeIsNotRepeated() {
    assertThat(mayRepeat(refused(FixWorld.CALL))).isTrue();
    assertThat(mayRepeat(refused(FixWorld.CALL).following(7, FollowUp.RETRY))).isFalse();
    assertThat(mayRepeat(refused(FixWorld.CALL).following(7, FollowUp.REDIRECT))).isFalse();
    assertThat(mayRepeat(refused(FixWorld.LIST).following(7, FollowUp.RETRY))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/mcp, false",
    "https://mcp.example/mcp/, true",
    "https://mcp.example/mcp, true"
  })
  void whereItLedToIsNotTakenForAServerThatTheHostCalled(String url, boolean certain) {
    Provenance provenance = new Provenance(new McpServers(() -> Instant.EPOCH), new Logins());
    RequestHead head = new RequestHead("POST", URI.create(url), Headers.NONE);
    Body body = Body.of(FixWorld.CALL);
    Exchange hop =
        Exchange.sending(900, ClientKind.OKHTTP, Role.MCP, head, body, Instant.EPOCH)
            .ofCallTo(URI.create(FixWorld.MCP))
            .following(7, FollowUp.REDIRECT);
    assertThat(Objects.requireNonNull(provenance.of(hop)).isCertain()).isEqualTo(certain);
  }
}
