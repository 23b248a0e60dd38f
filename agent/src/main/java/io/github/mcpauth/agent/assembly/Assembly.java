package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of tier 1. Until a hook is installed in the bridge, woven code does nothing.
 */
public final class Assembly {

  /** Defines the bridge and returns what weaves the HTTP clients; runs while a class loads. */
  public static ClassFileTransformer start(
      @Nullable String options, Instrumentation instrumentation, PrintStream err) throws Exception {
    Bridge.define(instrumentation);
    return new Weaver(
        missing -> err.println("mcp-auth-agent: this version of the client has no " + missing));
  }

  private Assembly() {}
}
