package io.github.mcpauth.rules.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Refreshes that wait for another one's answer. */
class OneRefreshTest {

  private static final String REFRESH =
      "grant_type=refresh_token&refresh_token=r1&resource=https%3A%2F%2Fmcp.example%2Fmcp";

  private Instant now = Instant.EPOCH;
  private final Diagnosis diagnosis =
      new Diagnosis(
          new Config(Set.of(), FixMode.OFF, Map.of("refresh-token-race", FixMode.ON), 8192, 6144),
          () -> now,
          new Told());

  private Exchange exchange(long id, Role role, String url, String body) {
    RequestHead head = new RequestHead("POST", URI.create(url), Headers.NONE);
    return Exchange.sending(id, ClientKind.OKHTTP, role, head, Body.of(body), now);
  }

  private RequestDecision refresh(long id) {
    return refresh(id, "r1");
  }

  /** Which of the user's tenants a refresh is for may stand in a header of anybody's own. */
  @Test
  void aRefreshForAnotherTenantIsAnotherOne() {
    diagnosis.sent(exchange(1, Role.MCP, FixWorld.MCP, FixWorld.INITIALIZE));
    Exchange one = exchange(2, Role.TOKEN, OAuthServer.TOKEN, REFRESH);
    Exchange other = exchange(3, Role.TOKEN, OAuthServer.TOKEN, REFRESH);
    one = one.onTheWire(one.request().withHeaders(Headers.of("X-Org", "1")), 0);
    other = other.onTheWire(other.request().withHeaders(Headers.of("X-Org", "2")), 0);
    assertThat(diagnosis.beforeSend(one)).isEqualTo(RequestDecision.SEND_AS_IS);
    assertThat(diagnosis.beforeSend(other)).isEqualTo(RequestDecision.SEND_AS_IS);
    assertThat(diagnosis.beforeSend(one)).isInstanceOf(RequestDecision.Wait.class);
  }

  private RequestDecision refresh(long id, String token) {
    String form = REFRESH.replace("r1", token);
    return diagnosis.beforeSend(exchange(id, Role.TOKEN, OAuthServer.TOKEN, form));
  }

  /** What waits is the host's, whose code may do anything: it runs under no lock of ours. */
  @Test
  void whoeverWaitsInVainGoesOnUnderNoLock() throws Exception {
    diagnosis.sent(exchange(1, Role.MCP, FixWorld.MCP, FixWorld.INITIALIZE));
    assertThat(refresh(2)).isEqualTo(RequestDecision.SEND_AS_IS);
    RequestDecision second = refresh(3);
    assertThat(second).isInstanceOf(RequestDecision.Wait.class);
    CompletableFuture<Thread> by =
        ((RequestDecision.Wait) second).decision().thenApply(any -> Thread.currentThread());
    now = now.plus(Duration.ofMinutes(2));
    diagnosis.tick();
    assertThat(by.get(20, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
  }

  /** A host of hundreds of users: whoever waits for an answer gets it when it comes. */
  @Test
  void whoeverWaitsIsNotForgottenForOthers() throws Exception {
    diagnosis.sent(exchange(1, Role.MCP, FixWorld.MCP, FixWorld.INITIALIZE));
    refresh(2);
    RequestDecision second = refresh(3);
    for (int i = 4; i < 300; i++) {
      refresh(i, "of-user-" + i);
    }
    Exchange first = exchange(2, Role.TOKEN, OAuthServer.TOKEN, REFRESH);
    diagnosis.completed(
        first
            .answered(new ResponseHead(200, Headers.NONE), Duration.ZERO)
            .withResponseBody(Body.of(OAuthServer.token("new-token-1234567")), Duration.ZERO));
    assertThat(((RequestDecision.Wait) second).decision().get(20, TimeUnit.SECONDS))
        .isInstanceOf(RequestDecision.Answer.class);
  }
}
