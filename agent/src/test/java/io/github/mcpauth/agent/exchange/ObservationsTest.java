package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What may wait does until somebody comes by; whatever may not, tells of it first. */
class ObservationsTest extends ObservedExchanges {

  @Test
  void untilSomebodyComesByRegularlyTheRulesHearAtOnce() {
    Exchange exchange = sending("/a");
    observations.sent(exchange);
    observations.answered(answered(exchange, 200));
    observations.completed(wellDone(exchange));
    assertThat(heard).containsExactly("/a connecting", "/a connected");
  }

  @Test
  void anExchangeThatGoesWellWaitsForWhoComesBy() {
    observations.attendedBy(() -> {});
    Exchange exchange = sending("/a");
    observations.sent(exchange);
    observations.answered(answered(exchange, 200));
    observations.completed(wellDone(exchange));
    assertThat(heard).isEmpty();
    observations.catchUp();
    assertThat(heard).containsExactly("/a connecting", "/a connected");
  }

  @Test
  void whatMayNotWaitTellsOfWhatDoesFirst() {
    observations.attendedBy(() -> {});
    Exchange well = sending("/a");
    observations.sent(well);
    observations.answered(answered(well, 200));
    observations.completed(wellDone(well));
    observations.answered(answered(sending("/b"), 401));
    assertThat(heard).containsExactly("/a connecting", "/a connected", "/b needs-auth");
  }

  @Test
  void aRefusalARedirectAFailureAConsequenceAndALegOfOAuthMayNotWait() {
    Failure refused = new Failure(Failure.Kind.REFUSED, "refused", null);
    List<Runnable> urgent =
        List.of(
            () -> observations.completed(answered(sending("/other"), 403)),
            () -> observations.answered(answered(sending("/other"), 307)),
            () -> observations.failed(sending("/other").failed(refused, SOON)),
            () -> observations.sent(sending("/other").following(1, FollowUp.RETRY)),
            () -> observations.sent(sending("/other").withRole(Role.TOKEN)));
    observations.attendedBy(() -> {});
    for (int i = 0; i < urgent.size(); i++) {
      observations.sent(sending("/" + i));
      assertThat(heard).doesNotContain("/" + i + " connecting");
      urgent.get(i).run();
      assertThat(heard).contains("/" + i + " connecting");
    }
  }

  @Test
  void whereThereAreFixesNothingWaits() {
    Config repairing =
        new Config(Set.of(), FixMode.ON, Map.of(), Config.DEFAULT.headersLimit(), 8192);
    Observations decided = observations(repairing);
    decided.attendedBy(() -> {});
    decided.sent(sending("/a"));
    assertThat(heard).containsExactly("/a connecting");
  }

  @Test
  void whereNobodyComesByAfterAllTheyDoNotPileUp() {
    observations.attendedBy(() -> {});
    for (int i = 0; i < 3000; i++) {
      observations.sent(sending("/" + i));
    }
    assertThat(heard).hasSizeGreaterThan(2000).startsWith("/0 connecting", "/1 connecting");
  }

  @Test
  void whereManyWaitWhoComesByIsAskedToComeAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    observations.attendedBy(asked::incrementAndGet);
    for (int i = 0; i < 63; i++) {
      observations.sent(sending("/" + i));
    }
    assertThat(asked).hasValue(0);
    observations.sent(sending("/63"));
    assertThat(asked).hasValue(1);
    assertThat(heard).isEmpty(); // The host's thread tells of none.
  }

  @Test
  void whatThereIsNoRoomForDoesNotWait() {
    observations.attendedBy(() -> {});
    Body large =
        Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(400_000) + "\"}");
    observations.sent(sending("/a").withRequestBody(large));
    observations.sent(sending("/b").withRequestBody(large));
    assertThat(heard).isEmpty();
    observations.sent(sending("/c").withRequestBody(large));
    assertThat(heard).containsExactly("/a connecting", "/b connecting", "/c connecting");
    assertThat(held.fits(1 << 20)).isTrue();
  }

  @Test
  void ofWhatCannotBeLearnedNothingIsConcluded() {
    observations.attendedBy(() -> {});
    Exchange first = sending("/a");
    observations.sent(first);
    observations.completed(wellDone(first));
    Exchange refused = sending("/a");
    observations.sent(refused);
    learns = false;
    observations.answered(answered(refused, 401));
    observations.completed(answered(refused, 401));
    assertThat(heard).containsExactly("/a connecting", "/a connected");
    observations.close();
    assertThat(heard).hasSize(2); // Nor is its call one that had no answer.
  }

  @Test
  void aFaultOfOursIsToldAndCostsTheRestNothing() {
    observations.attendedBy(() -> {});
    observations.sent(sending("/bad"));
    observations.sent(sending("/a"));
    observations.catchUp();
    assertThat(heard).containsExactly("observe", "/a connecting");
  }

  @Test
  void theEndTellsOfWhatStillWaits() {
    observations.attendedBy(() -> {});
    observations.sent(sending("/a"));
    observations.close();
    assertThat(heard).containsExactly("/a connecting");
  }

  @Test
  void ofSeveralThreadsEachExchangeIsToldInItsOrder() throws InterruptedException {
    observations.attendedBy(() -> {});
    List<Thread> hosts = new ArrayList<>();
    for (int host = 0; host < 4; host++) {
      List<Exchange> own = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        own.add(sending("/" + host + "/" + i));
      }
      Runnable calls =
          () -> {
            for (Exchange each : own) {
              observations.sent(each);
              observations.answered(answered(each, each.id() % 3 == 0 ? 401 : 200));
              observations.completed(each.id() % 3 == 0 ? answered(each, 401) : wellDone(each));
            }
          };
      hosts.add(new Thread(calls));
    }
    for (Thread host : hosts) {
      host.start();
    }
    for (Thread host : hosts) {
      while (host.isAlive()) {
        observations.catchUp();
        host.join(1);
      }
    }
    observations.catchUp();
    assertThat(heard).hasSize(1600);
    for (int i = 0; i < 800; i++) {
      String path = "/" + i / 200 + "/" + i % 200;
      List<String> own = heard.stream().filter(each -> each.startsWith(path + " ")).toList();
      assertThat(own).hasSize(2).first().isEqualTo(path + " connecting");
    }
  }
}
