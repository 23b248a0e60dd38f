package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HeldBytes;
import io.github.mcpauth.agent.exchange.Observations;
import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.finding.Config;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rules hear that time passes, whatever the recorder is at. */
class RulesClockTest {

  private final AtomicInteger asked = new AtomicInteger();
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              RulesClockTest.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (proxy, method, arguments) -> null);
  // Only the time that passes has these rules look at their clock.
  private final Diagnosis rules =
      new Diagnosis(
          Config.DEFAULT,
          () -> {
            asked.incrementAndGet();
            return Instant.now();
          },
          recorder);

  @Test
  void itTicksThroughInterruptsUntilItIsStopped() throws Exception {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    RulesClock clock =
        RulesClock.start(
            new Observations(rules, recorder, new Guard("test", recorder), new HeldBytes()),
            () -> {});
    Thread thread = newThread(others);
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getThreadGroup().getParent()).isNull();
    thread.interrupt();
    int before = asked.get();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (asked.get() <= before && System.nanoTime() - end < 0) {
      Thread.sleep(10);
    }
    assertThat(asked.get()).isGreaterThan(before);
    clock.stop();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
  }

  private static Thread newThread(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> !others.contains(each))
        .filter(each -> each.getName().equals("mcpauth-clock"))
        .findFirst()
        .orElseThrow();
  }
}
