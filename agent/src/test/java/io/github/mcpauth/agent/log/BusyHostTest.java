package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.Observations;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.diagnosis.Config;
import io.github.mcpauth.rules.diagnosis.Diagnosis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is never quiet: time passes for the rules all the same. */
class BusyHostTest {

  @Test
  void timePassesWhileNotesCome(@TempDir Path folder) throws Exception {
    Properties system = new Properties();
    system.setProperty("mcpauth.log.file", folder.resolve("x.jsonl").toString());
    Settings settings = SettingsLoader.load(null, system, Map.of(), new NoNames(), 0, 42);
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Recording recording =
        Recording.start(
            new PrintStream(new ByteArrayOutputStream()),
            worker -> {
              // Only the time that passes has these rules look at their clock.
              Diagnosis rules =
                  new Diagnosis(
                      Config.DEFAULT,
                      () -> {
                        asked.incrementAndGet();
                        return Instant.now();
                      },
                      worker);
              ready.complete(null);
              return new Setup.Session(
                  settings, Map.of(), new Observations(rules, new Guard("test", worker)));
            },
            false);
    ready.get(20, TimeUnit.SECONDS);
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (asked.get() == 0 && System.nanoTime() - end < 0) {
      recording.streamEnded(1);
      Thread.sleep(1);
    }
    recording.close(Duration.ofSeconds(20));
    assertThat(asked).hasPositiveValue();
  }
}
