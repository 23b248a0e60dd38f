package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.jdkhttp.JdkHttp;
import io.github.mcpauth.agent.log.Recording;
import io.github.mcpauth.agent.okhttp.OkHttp;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of tier 1: recorder, pipeline, hooks. Until a hook is in the bridge, woven
 * code does nothing. What weaving does not need is put together in the background.
 */
public final class Assembly {

  private static final Duration LONGEST_EXIT = Duration.ofSeconds(2);

  /** Puts everything together and returns what weaves the clients; runs while a class loads. */
  public static ClassFileTransformer start(
      @Nullable String options, Instrumentation instrumentation, PrintStream err) throws Exception {
    LatePipeline calls = new LatePipeline(options, err);
    Recording recording = Recording.start(err, calls);
    if (calls.isSwitchedOffByFile()) {
      return new Nothing();
    }
    Runtime.getRuntime().addShutdownHook(new Exit(calls, recording));
    Bridge.define(instrumentation);
    Bridge.install(JdkHttp.hooks(calls, new Guard("java.net.http", recording)));
    Bridge.install(OkHttp.hook(calls, new Guard("okhttp", recording)));
    return new Weaver(new Missing(recording));
  }

  /** Reports the hook points that a version of a client does not have. */
  private record Missing(Recording recording) implements Consumer<String> {
    @Override
    public void accept(String hook) {
      recording.agent("agent.error", Map.of("mcpauth.hook.missing", hook));
    }
  }

  /** Weaves nothing: the user switched the agent off in a properties file. */
  private static final class Nothing implements ClassFileTransformer {}

  /** Takes down what is left when the process ends. */
  private static final class Exit extends Thread {
    private final LatePipeline calls;
    private final Recording recording;

    Exit(LatePipeline calls, Recording recording) {
      super("mcpauth-exit");
      this.calls = calls;
      this.recording = recording;
    }

    @Override
    public void run() {
      try {
        calls.close();
        recording.close(LONGEST_EXIT);
      } catch (Throwable e) {
        // The process ends anyway.
      }
    }
  }

  private Assembly() {}
}
