package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What ends a whole batch is told in bounded lines, with a number. */
class ToldCallsTest {

  private static Scenario refused(int requests) {
    Scenario host = Scenario.withDefaults();
    StringBuilder batch = new StringBuilder("[");
    for (int i = 1; i <= requests; i++) {
      batch.append(i == 1 ? "" : ",");
      batch.append("{\"jsonrpc\":\"2.0\",\"id\":").append(i);
      batch.append(",\"method\":\"tools/list\"}");
    }
    RequestHead head =
        new RequestHead(
            "POST", URI.create(Scenario.SERVER), Headers.of("Content-Type", "application/json"));
    Headers type = Headers.of("Content-Type", "text/plain");
    host.play(head, batch.append("]").toString(), new ResponseHead(503, type), "no");
    return host;
  }

  @Test
  void aFewAreToldOneByOne() {
    Scenario host = refused(17);
    assertThat(host.calls).hasSize(17).extracting(Call::id).startsWith("1", "2").endsWith("17");
    assertThat(host.otherCalls).isZero();
  }

  @Test
  void ofThousandsTheFirstAreAndHowManyMore() {
    Scenario host = refused(10_000);
    assertThat(host.calls).hasSize(17).extracting(Call::end).containsOnly(Call.End.REFUSED);
    assertThat(host.otherCalls).isEqualTo(1024 - 17);
  }

  @Test
  void theNextRefusalBeginsAnew() {
    Scenario host = refused(20);
    Call last = host.calls.get(16);
    assertThat(host.otherCalls).isEqualTo(3);
    ToldCalls told = new ToldCalls(host);
    for (int i = 0; i < 3; i++) {
      told.ended(last, "");
      told.phaseEnds();
    }
    assertThat(host.calls).hasSize(20);
  }
}
