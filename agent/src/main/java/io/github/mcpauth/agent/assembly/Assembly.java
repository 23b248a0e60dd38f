package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.jdkhttp.JdkHttp;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.okhttp.OkHttp;
import io.github.mcpauth.agent.recorder.RecorderThread;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of tier 1: recorder, pipeline, hooks. Until a hook is in the bridge, woven
 * code does nothing. What weaving does not need is put together in the background.
 */
public final class Assembly {

  private static final Duration LONGEST_EXIT = Duration.ofSeconds(2);

  /**
   * Puts everything together and returns what weaves the clients; runs while a class loads.
   *
   * @param okhttp the client that comes up is OkHttp: it leaves a core idle meanwhile, on which the
   *     first exchange can be rehearsed, whereas java.net.http has use for all of two
   */
  public static ClassFileTransformer start(
      @Nullable String options, Instrumentation instrumentation, PrintStream err, boolean okhttp)
      throws Exception {
    LatePipeline calls = new LatePipeline(options, err);
    RecorderThread recording = RecorderThread.start(err, calls, okhttp);
    if (calls.isSwitchedOffByFile()) {
      return new Nothing();
    }
    Runtime.getRuntime().addShutdownHook(new Exit(calls, recording));
    Bridge.define(instrumentation);
    return new Weaver(new Hooks(instrumentation, calls, recording));
  }

  /** Puts the hooks for a client into the bridge with its first class, and reports missing ones. */
  private static final class Hooks implements Weaver.Listener {
    private final Instrumentation instrumentation;
    private final LatePipeline calls;
    private final RecorderThread recording;
    private boolean javaNetHttp;
    private boolean okhttp;

    Hooks(Instrumentation instrumentation, LatePipeline calls, RecorderThread recording) {
      this.instrumentation = instrumentation;
      this.calls = calls;
      this.recording = recording;
    }

    @Override
    public synchronized void weaves(boolean okhttp) throws ReflectiveOperationException {
      if (okhttp && !this.okhttp) {
        Bridge.install(OkHttp.hook(calls, new Guard("okhttp", recording)));
        this.okhttp = true;
      } else if (!okhttp && !javaNetHttp) {
        Bridge.open(instrumentation, HttpClient.class.getModule(), JdkHttp.IMPLEMENTATION);
        Bridge.install(JdkHttp.hooks(calls, new Guard("java.net.http", recording)));
        javaNetHttp = true;
      }
    }

    @Override
    public void missing(String hookPoint) {
      recording.failed(Map.of(Field.HOOK_MISSING, hookPoint));
    }
  }

  /** Weaves nothing: the user switched the agent off in a properties file. */
  private static final class Nothing implements ClassFileTransformer {}

  /** Takes down what is left when the process ends. */
  private static final class Exit extends Thread {
    private final LatePipeline calls;
    private final RecorderThread recording;

    Exit(LatePipeline calls, RecorderThread recording) {
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
