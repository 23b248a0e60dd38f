package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What led to an exchange is found again, until 256 later ones have come by. */
class TrailTest {

  private static final URI SERVER = URI.create("https://mcp.example/mcp");

  private final Trail trail = new Trail();
  private final McpServer server = new McpServer(SERVER.toString(), SERVER, trail);

  private static Exchange exchange(long id) {
    RequestHead head = new RequestHead("POST", SERVER, Headers.NONE);
    return Exchange.sending(id, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH);
  }

  private static Exchange exchange(long id, long parent) {
    return exchange(id).causedBy(parent, Cause.REDIRECT);
  }

  @Test
  void aChainIsFollowedBackToItsBeginning() {
    trail.add(exchange(1), server);
    trail.add(exchange(2, 1), server);
    Exchange third = exchange(3, 2);
    assertThat(trail.redirectedFrom(third)).isEqualTo(exchange(2, 1));
    assertThat(trail.first(third)).isEqualTo(exchange(1));
    assertThat(trail.root(third)).isEqualTo(1);
    assertThat(trail.isFollowed(1)).isTrue();
    assertThat(trail.isFollowed(2)).isFalse();
  }

  @Test
  void theLast256AreKnown() {
    for (long id = 1; id <= 256; id++) {
      trail.add(exchange(id), server);
    }
    assertThat(trail.before(exchange(1000, 1))).isNotNull();
    assertThat(trail.before(exchange(1000, 256))).isNotNull();
  }

  @Test
  void whatIsForgottenIsUnknownAndNotTheOneInItsPlace() {
    trail.add(exchange(1), server);
    trail.add(exchange(257), server);
    Exchange child = exchange(1000, 1);
    assertThat(trail.before(child)).isNull();
    assertThat(trail.redirectedFrom(child)).isNull();
    assertThat(trail.first(child)).isEqualTo(child);
    assertThat(trail.root(child)).isEqualTo(1000);
    assertThat(trail.isFollowed(1)).isFalse();
  }
}
