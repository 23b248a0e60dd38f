package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.exchange.ClientHead;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.recorder.RecorderSetup;
import io.github.mcpauth.agent.recorder.RecorderThread;
import io.github.mcpauth.agent.recorder.RulesClock;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings, diagnosis and pipeline, put together on the recorder's thread while the host still
 * opens its first connection. A request that comes earlier, and may be MCP, waits for them.
 */
@ForStartUp(row = "rules beside the host", saves = 59)
final class LatePipeline implements HttpCalls, RecorderSetup {

  private static final long LONGEST_WAIT_MILLIS = 5000;

  private final Map<String, String> options;
  private final PrintStream err;
  private final Seen seen;
  private final long longestWaitMillis;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile @Nullable Pipeline pipeline;
  private volatile @Nullable RulesClock rulesClock;
  private volatile @Nullable BlindSpots blindSpots;
  private volatile boolean tooLate;

  /**
   * @param options the agent's, by key with its prefix
   * @param seen what else the JVM has loaded classes of
   */
  LatePipeline(Map<String, String> options, PrintStream err, Seen seen) {
    this(options, err, seen, LONGEST_WAIT_MILLIS);
  }

  /** One that is waited for as long. */
  LatePipeline(Map<String, String> options, PrintStream err, Seen seen, long longestWaitMillis) {
    this.options = options;
    this.err = err;
    this.seen = seen;
    this.longestWaitMillis = longestWaitMillis;
  }

  @Override
  public @Nullable Session prepare(RecorderThread recording) {
    try {
      return prepared(recording);
    } catch (Throwable e) {
      ready.countDown(); // First: to say so may take a while.
      // The words of tier 0, which cannot be reached from here; not through SLF4J, which may be
      // what is missing.
      err.println(
          "mcp-auth-agent: not watching this JVM, the program runs without it: "
              + String.valueOf(e).replace('\n', ' ')
              + "; check that the agent's jar is complete and readable");
      return null;
    } finally {
      ready.countDown();
    }
  }

  private @Nullable Session prepared(RecorderThread recording) {
    Settings settings = SettingsSources.load(options);
    if (!settings.enabled()) {
      return null;
    }
    Diagnosis rules = new Diagnosis(config(settings), Clock.systemUTC(), recording);
    Pipeline made = new Pipeline(rules, recording, Clock.systemUTC(), settings.bodyLimit());
    pipeline = made;
    BlindSpots blind = new BlindSpots(seen, made::hasSeenMcp, recording);
    blindSpots = blind;
    rulesClock = RulesClock.start(made.observations(), new Ticking(blind, made));
    return new Session(SettingsAtStart.withoutTold(settings), Started.fields(settings));
  }

  private record Ticking(BlindSpots blind, Pipeline pipeline) implements Runnable {
    @Override
    public void run() {
      blind.run();
      pipeline.tick();
    }
  }

  private Config config(Settings settings) {
    return new Config(
        settings.disabledRules(),
        settings.autofix(),
        settings.fixes(),
        settings.headersLimit(),
        settings.headersWarn(),
        settings.users(),
        seen::sdks);
  }

  @Override
  public @Nullable HttpCall begin(ClientKind client, RequestHead request, Supplier<Body> body) {
    Pipeline there = pipeline;
    if (there == null) {
      await();
      there = pipeline;
    }
    return there == null ? null : there.begin(client, request, body);
  }

  /** Null until it is there, and where the agent is switched off. */
  @Nullable Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public boolean mayRepeat(ClientHead head) {
    Pipeline there = pipeline;
    return there != null && there.mayRepeat(head);
  }

  @Override
  public boolean passesBy(String url) {
    Pipeline there = pipeline;
    return there != null && there.passesBy(url);
  }

  @Override
  public boolean awaits(URI url) {
    Pipeline there = pipeline;
    return there != null && there.awaits(url);
  }

  /** Once only that long: what takes longer hangs, and the host must not. */
  private void await() {
    try {
      if (!tooLate && !ready.await(longestWaitMillis, TimeUnit.MILLISECONDS)) {
        tooLate = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The client has its own answer to that.
    }
  }

  /** The process ends: what is open is decided with what is known. */
  void close() {
    RulesClock clock = rulesClock;
    if (clock != null) {
      clock.stop();
    }
    Pipeline there = pipeline;
    if (there != null) {
      there.close();
    }
    BlindSpots blind = blindSpots;
    if (blind != null) {
      blind.close();
    }
  }
}
