package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.http.Body;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
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
    Recorder nobody =
        (Recorder)
            Proxy.newProxyInstance(
                OutgoingTest.class.getClassLoader(),
                new Class<?>[] {Recorder.class},
                (self, method, arguments) ->
                    method.getReturnType() == boolean.class ? false : null);
    InstantSource clock = InstantSource.system();
    Diagnosis diagnosis = new Diagnosis(Config.DEFAULT, clock, nobody);
    HttpCall call =
        new Pipeline(diagnosis, nobody, clock, 1024)
            .begin(ClientKind.JAVA_NET_HTTP, Heads.of(host), () -> Body.NONE);
    return new Outgoing(Objects.requireNonNull(call), host, new Guard("test", nobody));
  }
}
