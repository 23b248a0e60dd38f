package io.github.mcpauth.bench.program;

/** An agent that does nothing: what the JVM takes for having one at all. */
public final class EmptyAgent {

  public static void premain(String options) {}

  private EmptyAgent() {}
}
