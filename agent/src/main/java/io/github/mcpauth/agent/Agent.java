package io.github.mcpauth.agent;

import io.github.mcpauth.agent.boot.Boot;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The agent's entry points: {@code -javaagent}, dynamic attach, and the command line. */
public final class Agent {

  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    Boot.start(options, instrumentation);
  }

  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    Boot.start(options, instrumentation);
  }

  public static void main(String[] args) {
    System.exit(Boot.commandLine(args));
  }

  private Agent() {}
}
