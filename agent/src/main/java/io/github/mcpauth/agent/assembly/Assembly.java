package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.jdkhttp.JdkHttpInstrumentation;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.okhttp.OkHttpInstrumentation;
import io.github.mcpauth.agent.recorder.RecorderThread;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.ClientInstrumentation;
import io.github.mcpauth.agent.weave.HookPoint;
import io.github.mcpauth.agent.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of tier 1: recorder, pipeline, hooks. Until a hook is in the bridge, woven
 * code does nothing. What weaving does not need is put together in the background.
 */
public final class Assembly {

  private static final Duration LONGEST_EXIT = Duration.ofSeconds(2);

  private static volatile @Nullable LatePipeline running;
  private static volatile @Nullable RecorderThread recorder;

  /** The HTTP clients that the agent gets under; a further one is a further line. */
  public static List<ClientInstrumentation> clients() {
    return List.of(new JdkHttpInstrumentation(), new OkHttpInstrumentation());
  }

  /**
   * Puts everything together and returns what weaves the clients; runs while a class loads.
   *
   * @param sightings labels of the SDKs and clients of which classes have loaded; grows
   */
  public static ClassFileTransformer start(
      Map<String, String> options,
      Instrumentation instrumentation,
      PrintStream err,
      Map<String, Boolean> sightings)
      throws Exception {
    LatePipeline calls = new LatePipeline(options, err, new Seen(sightings));
    RecorderThread recording = RecorderThread.start(err, calls);
    running = calls;
    recorder = recording;
    atExit(new Exit(calls, recording));
    Bridge bridge = Bridge.define(instrumentation);
    return new Weaver(clients(), new Hooks(bridge, calls, recording));
  }

  /** What watches this JVM; null until it is put together. */
  public static @Nullable Pipeline pipeline() {
    LatePipeline calls = running;
    return calls == null ? null : calls.pipeline();
  }

  /** What takes down what happens in this JVM; null until it is put together. */
  public static @Nullable RecorderThread recorder() {
    return recorder;
  }

  /** A client that is first used while the JVM ends is watched as long as that takes. */
  private static void atExit(Thread exit) {
    try {
      Runtime.getRuntime().addShutdownHook(exit);
    } catch (IllegalStateException shutsDown) {
      // There is no later any more.
    }
  }

  /** Puts the hooks for a client into the bridge with its first class, and reports missing ones. */
  private static final class Hooks implements Weaver.Listener {
    private final Bridge bridge;
    private final LatePipeline calls;
    private final RecorderThread recording;
    private final Set<ClientInstrumentation> installed = new HashSet<>();

    Hooks(Bridge bridge, LatePipeline calls, RecorderThread recording) {
      this.bridge = bridge;
      this.calls = calls;
      this.recording = recording;
    }

    @Override
    public synchronized void weaves(ClientInstrumentation client)
        throws ReflectiveOperationException {
      if (!installed.contains(client)) {
        client.install(bridge, calls, new Guard(client.name(), recording));
        installed.add(client);
      }
    }

    @Override
    public void missing(HookPoint point) {
      recording.failed(Map.of(Field.HOOK_MISSING, point.name()));
    }
  }

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
