package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.rules.fix.RequestDecision;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What leaves is the host's own request, and never has more time than the host gave it. */
class OutgoingTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpRequest.Builder builder =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/.well-known/oauth-protected-resource"));

  @Test
  void aRequestThatNobodyChangesIsTheHostsOwnObject() {
    HttpRequest host = builder.timeout(LIMIT).build();
    assertThat(outgoing(host).first(RequestDecision.SEND_AS_IS, null)).isSameAs(host);
  }

  @Test
  void afterAWaitOnlyTheRestOfTheHostsTimeIsLeft() {
    Outgoing outgoing = outgoing(builder.timeout(LIMIT).build());
    Duration left = LIMIT.minusMillis(20);
    assertThat(outgoing.first(RequestDecision.SEND_AS_IS, left).timeout()).contains(left);
  }

  @Test
  void aHostThatSetNoTimeHasNoneSet() {
    HttpRequest host = builder.build();
    assertThat(outgoing(host).first(RequestDecision.SEND_AS_IS, null)).isSameAs(host);
  }

  private static Outgoing outgoing(HttpRequest host) {
    return new Outgoing(Calls.of(host), host, new Guard("test", Calls.NOBODY));
  }
}
