package io.github.mcpauth.agent;

import java.lang.instrument.Instrumentation;

/** The agent's entry points: {@code -javaagent}, dynamic attach, and the command line. */
public final class Agent {

  public static void premain(String options, Instrumentation instrumentation) {}

  public static void agentmain(String options, Instrumentation instrumentation) {}

  public static void main(String[] args) {}

  private Agent() {}
}
