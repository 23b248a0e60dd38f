package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * What led to an exchange is found again, until 256 later ones have come by, or longer if it is
 * under way.
 */
class ExchangeHistoryTest {

  private static final URI SERVER = URI.create("https://mcp.example/mcp");

  private final ExchangeHistory history = new ExchangeHistory();
  private final Attribution server =
      new Attribution(
          new McpServer(
              SERVER.toString(), SERVER, new McpServers(java.time.InstantSource.system())),
          Attribution.Evidence.OWN_PLACE);

  private static Exchange exchange(long id) {
    RequestHead head = new RequestHead("POST", SERVER, Headers.NONE);
    return Exchange.sending(id, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH);
  }

  private static Exchange answered(Exchange exchange) {
    return exchange.answered(new ResponseHead(200, Headers.NONE), Duration.ZERO);
  }

  private static Exchange exchange(long id, long parent) {
    return exchange(id).following(parent, FollowUp.REDIRECT);
  }

  @Test
  void aChainIsFollowedBackToItsBeginning() {
    history.add(exchange(1), server);
    history.add(exchange(2, 1), server);
    Exchange third = exchange(3, 2);
    assertThat(history.redirectedFrom(third)).isEqualTo(exchange(2, 1));
    assertThat(history.first(third)).isEqualTo(exchange(1));
    assertThat(history.root(third)).isEqualTo(1);
    assertThat(history.isFollowed(1)).isTrue();
    assertThat(history.isFollowed(2)).isFalse();
  }

  @Test
  void theLast256AreKnown() {
    for (long id = 1; id <= 256; id++) {
      history.add(exchange(id), server);
    }
    assertThat(history.before(exchange(1000, 1))).isNotNull();
    assertThat(history.before(exchange(1000, 256))).isNotNull();
  }

  @Test
  void whatIsForgottenIsUnknownAndNotTheOneInItsPlace() {
    history.add(answered(exchange(1)), server);
    history.add(exchange(257), server);
    Exchange child = exchange(1000, 1);
    assertThat(history.before(child)).isNull();
    assertThat(history.redirectedFrom(child)).isNull();
    assertThat(history.first(child)).isEqualTo(child);
    assertThat(history.root(child)).isEqualTo(1000);
    assertThat(history.isFollowed(1)).isFalse();
  }

  @Test
  void whatTakesItsTimeIsKnownHoweverManyPassIt() {
    history.add(exchange(1), server);
    history.add(exchange(2, 1), server);
    for (long id = 3; id <= 5000; id++) {
      history.add(exchange(id), server);
      history.add(answered(exchange(id)), server);
    }
    assertThat(history.before(exchange(9000, 2))).isNotNull();
    history.add(answered(exchange(2, 1)), server);
    assertThat(history.root(exchange(9000, 2))).isEqualTo(1);
    assertThat(history.before(exchange(9000, 5000))).as("nor displaced by an old one").isNotNull();
    assertThat(history.isFollowed(1)).isTrue();
    history.forgetOld(Instant.EPOCH.plus(Duration.ofHours(1)));
    assertThat(history.before(exchange(9000, 2))).isNull();
  }

  @Test
  void ofThoseThatNeverEndOnlySomeAreKept() {
    for (long id = 1; id <= 5000; id++) {
      history.add(exchange(id), server);
    }
    assertThat(history.before(exchange(9000, 1))).isNull();
    assertThat(history.before(exchange(9000, 5000 - 256 - 400))).isNotNull();
  }
}
