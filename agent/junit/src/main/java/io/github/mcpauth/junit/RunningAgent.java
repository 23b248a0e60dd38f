package io.github.mcpauth.junit;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM, through its door: the class that the system class loader has once the jar
 * is loaded as an agent.
 */
final class RunningAgent {

  private static final String DOOR = "io.github.mcpauth.agent.Agent";
  private static final String HOW =
      " Add -javaagent:/path/to/mcp-auth-agent.jar to the JVM of the tests (Surefire: argLine,"
          + " Gradle: jvmArgs, IDE: VM options; docs/junit.md has it to copy), or say"
          + " @NoMcpFindings(withoutAgent = WithoutAgent.RUN) to run without the check.";

  private final Class<?> door;

  private RunningAgent(Class<?> door) {
    this.door = door;
  }

  /**
   * The agent that watches this JVM.
   *
   * @throws AbsentException where none does, with what to do
   */
  static RunningAgent find() throws AbsentException {
    Class<?> door;
    try {
      door = Class.forName(DOOR, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AbsentException("mcp-auth-agent is not in this JVM: nothing is watched." + HOW);
    }
    RunningAgent agent = new RunningAgent(door);
    if (!Boolean.TRUE.equals(agent.call("isWatching", new Class<?>[0]))) {
      throw new AbsentException(
          "mcp-auth-agent does not watch this JVM: its jar is on the class path, but it was not"
              + " loaded as an agent, or is switched off (mcpauth.enabled), or failed, which stderr"
              + " then says."
              + HOW);
    }
    return agent;
  }

  /** This moment, in the agent's own terms. */
  long[] now() {
    return (long[]) call("now", new Class<?>[0]);
  }

  /** What was found about the exchanges between two moments. */
  Map<?, ?> findings(long[] from, long[] to, long mostMillis) {
    return (Map<?, ?>)
        call(
            "findings",
            new Class<?>[] {long[].class, long[].class, long.class},
            from,
            to,
            mostMillis);
  }

  private Object call(String method, Class<?>[] parameters, @Nullable Object... arguments) {
    try {
      return door.getMethod(method, parameters).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("mcp-auth-agent failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the mcp-auth-agent in this JVM is too old for this mcp-auth-agent-junit: take one"
              + " version of both",
          e);
    }
  }

  /** No agent watches this JVM. */
  static final class AbsentException extends Exception {
    private static final long serialVersionUID = 1;

    AbsentException(String message) {
      super(message);
    }
  }
}
