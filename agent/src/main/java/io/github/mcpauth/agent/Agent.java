package io.github.mcpauth.agent;

import io.github.mcpauth.agent.boot.Boot;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points: {@code -javaagent}, dynamic attach, the command line, and what a tool
 * in the same JVM may ask: a test, or who explains why an application did not start. Such a tool
 * finds this class through the system class loader, and meets types of the JDK alone.
 */
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

  /** Whether the agent watches this JVM: not where its jar is merely on the class path. */
  public static boolean isWatching() {
    return Boot.isWatching();
  }

  /** This moment, for {@link #findings}: what begins later is not part of what was. */
  public static long[] now() throws Throwable {
    Object now = Boot.live("now", new Class<?>[0]);
    return now == null ? new long[] {System.currentTimeMillis(), 0} : (long[]) now;
  }

  /**
   * What was found about exchanges that began between two moments, or were open at the first, as
   * the log has it. Waits until it is written, and for those of the rules' decisions that are due
   * within the time given.
   *
   * @param from null for the start of the JVM
   * @param to null for now
   * @param mostMillis how long to wait at most for what is not decided yet
   * @return {@code findings}: a list of maps with the fields of the line of the log ({@code
   *     fields}) and the block of lines that people get on stderr ({@code block}); {@code log}: the
   *     log's path, where there is one; {@code problem}: why there may be more than that, where
   *     there may
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> findings(
      long @Nullable [] from, long @Nullable [] to, long mostMillis) throws Throwable {
    Object found =
        Boot.live(
            "findings",
            new Class<?>[] {long[].class, long[].class, long.class},
            from,
            to,
            Long.valueOf(mostMillis));
    return found == null
        ? Collections.<String, Object>singletonMap("findings", Collections.emptyList())
        : (Map<String, Object>) found;
  }

  private Agent() {}
}
