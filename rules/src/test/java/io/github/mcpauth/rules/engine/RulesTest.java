package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rule that throws costs itself, and nobody else. */
class RulesTest {

  /** Counts how often it is asked, then does what the test wants. */
  private static final class Counting implements Rule {

    private final RuleInfo info;
    private final Supplier<@Nullable RuntimeException> fails;
    int asked;

    Counting(String name, Supplier<@Nullable RuntimeException> fails) {
      this(name, fails, Set.of(Trait.SEES_PLAIN_EXCHANGES));
    }

    Counting(String name, Supplier<@Nullable RuntimeException> fails, Set<Trait> traits) {
      this.info =
          new RuleInfo(name, name, Severity.ERROR, Actor.HOST, "none", FixSafety.NONE)
              .asked(Phase.SENT)
              .with(traits.toArray(Trait[]::new));
      this.fails = fails;
    }

    @Override
    public RuleInfo info() {
      return info;
    }

    @Override
    public void sent(Exchange exchange, McpServer server, Report report) {
      asked++;
      RuntimeException failure = fails.get();
      if (failure != null) {
        throw failure;
      }
    }
  }

  private final Scenario listener = Scenario.withDefaults();
  private final Counting broken =
      new Counting("broken", () -> new IllegalStateException("out of order"));
  private final Counting sound = new Counting("sound", () -> null);
  private final Rules rules = new Rules(List.of(broken, sound), listener);
  private final RequestHead head = new RequestHead("POST", URI.create("http://a/"), Headers.NONE);
  private final Exchange exchange =
      Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH);
  private final McpServer server = TestServers.of(exchange);
  private final McpServers servers = new McpServers(() -> Instant.EPOCH);

  private final Report report =
      new Reporter(
              new FoldedFindings(() -> Instant.EPOCH, listener),
              new Suspicions(() -> Instant.EPOCH, rules),
              new States(
                  servers, new Provenance(servers, new Logins()), () -> Instant.EPOCH, listener),
              new ServerStatuses(() -> Instant.EPOCH, listener),
              new Fixes(Config.DEFAULT, Catalogue::safety, () -> Instant.EPOCH, listener::fixed))
          .on(exchange, server);

  private void ask(int times) {
    for (int i = 0; i < times; i++) {
      rules.ask(Phase.SENT, exchange, server, report);
    }
  }

  @Test
  void aRuleThatThrowsIsReportedOnceAndSwitchedOffAfterThreeTimesWhileOthersGoOn() {
    ask(2);
    assertThat(listener.failedRules).containsExactly("broken");
    ask(8);
    assertThat(listener.failedRules).containsExactly("broken");
    assertThat(broken.asked).isEqualTo(3);
    assertThat(sound.asked).isEqualTo(10);
  }

  @Test
  void aRuleIsAskedInThePhasesThatItNamesAndInNoOther() {
    for (Phase phase : Phase.values()) {
      rules.ask(phase, exchange, server, report);
    }
    assertThat(sound.asked).isEqualTo(1);
    assertThat(broken.asked).isEqualTo(1);
  }

  @Test
  void anExchangeThatGoesWellIsShownOnlyToRulesThatSeePlainOnes() {
    Counting rest = new Counting("rest", () -> null, Set.of());
    Rules both = new Rules(List.of(rest, sound), listener);
    both.ask(Phase.SENT, exchange, server, report);
    both.ask(
        Phase.SENT,
        exchange.answered(new ResponseHead(401, Headers.NONE), Duration.ZERO),
        server,
        report);
    assertThat(rest.asked).isEqualTo(1);
    assertThat(sound.asked).isEqualTo(2);
  }

  @Test
  void anEndlessRecursionInARuleCountsAsAFailureToo() {
    Rules deep = new Rules(List.of(new Counting("deep", RulesTest::endless)), listener);
    deep.ask(Phase.SENT, exchange, server, report);
    assertThat(listener.failedRules).containsExactly("deep");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static RuntimeException endless() {
    return endless();
  }

  @Test
  void aSuspicionWhoseJudgementThrowsCountsForItsRuleAndOthersAreStillJudged() {
    Instant start = Instant.EPOCH;
    Suspicions suspicions = new Suspicions(() -> start, rules);
    Finding finding = FindingBuilder.of(sound.info(), server).message("sound").build();
    for (int i = 0; i < 5; i++) {
      suspicions.suspect(
          "broken",
          Duration.ZERO,
          exchange,
          server,
          now -> {
            throw new IllegalStateException("out of order");
          });
      suspicions.suspect("sound", Duration.ZERO, exchange, server, now -> finding);
      assertThat(suspicions.ripe(true))
          .extracting(judged -> judged.finding().rule())
          .contains("sound");
    }
    assertThat(listener.failedRules).containsExactly("broken");
    ask(1);
    assertThat(broken.asked).isZero();
  }
}
