package io.github.mcpauth.agent.boot;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a JVM's start into a quiet gate, or into nothing; whatever fails, the host runs. */
public final class Boot {

  // Every -javaagent of the jar and every attach meets this one class of the system loader.
  // A plain field: an AtomicBoolean would load a dozen classes of var handles.
  private static boolean started;
  private static volatile @Nullable Gate gate;
  private static volatile @Nullable Tier1 tier1;
  private static final String GRANT =
      "; grant the agent's jar java.security.AllPermission in the policy of the security manager";

  /** Puts the gate in place, once in a JVM; never throws. */
  public static void start(@Nullable String options, Instrumentation instrumentation) {
    boolean first = false;
    PrintStream err = null; // Nothing stands before the try: what it throws would end the JVM.
    try {
      // Not System.err, which the host may replace, with stdout even.
      err = new PrintStream(new Stderr(new FileOutputStream(FileDescriptor.err)), true);
      Map<String, String> given = Options.parse(options);
      if (Switch.off(given) || JdkTool.running()) {
        return;
      }
      first = first();
      if (!first) {
        return;
      }
      preload();
      Tier1 rest = new Tier1();
      if (GivenSettings.any(given, System.getProperties(), System.getenv())
          && !rest.checkSettings(given, err)) {
        return;
      }
      Gate placed = new Gate(given, rest, instrumentation, err);
      // Not retransformable, as a rule: a second environment would get a copy of each class's
      // bytes.
      instrumentation.addTransformer(placed);
      placed.catchUp();
      tier1 = rest;
      gate = placed;
    } catch (Throwable e) {
      if (first) {
        reset();
      }
      failed(err == null ? new PrintStream(new Stderr(System.err), true) : err, e);
    }
  }

  /** Whether the gate is in place, and what is behind it works. */
  public static boolean isWatching() {
    Gate placed = gate;
    return placed != null && !placed.isBroken();
  }

  /** What of this JVM tier 1 tells a tool; null where tier 1 was not needed so far. */
  public static @Nullable Object live(
      String method, Class<?>[] parameters, @Nullable Object... arguments) throws Throwable {
    Tier1 rest = tier1;
    return rest == null ? null : rest.live(method, parameters, arguments);
  }

  /** Runs a command of the jar and returns its exit code. */
  public static int commandLine(String[] args) {
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
    try {
      return new Tier1().command(args, System.out, err);
    } catch (Throwable e) {
      failed(err, e);
    }
    return 70;
  }

  /** Says in one line that the agent is out of action and what to do; never throws. */
  static void failed(PrintStream err, @Nullable Throwable cause) {
    say(
        err,
        "not watching this JVM, the program runs without it: ",
        cause,
        cause instanceof SecurityException
            ? GRANT
            : "; check that the agent's jar is complete and readable");
  }

  /** Says in one line what failed and what to do; never throws. */
  static void say(PrintStream err, String what, @Nullable Throwable cause, String next) {
    try {
      String text = String.valueOf(cause).replace('\n', ' ').replace('\r', ' ');
      // In one go: its end is not to be lost.
      err.print("mcp-auth-agent: ".concat(what).concat(text).concat(next).concat("\n"));
      err.flush();
    } catch (Throwable ignored) {
      // There is nobody left to tell.
    }
  }

  // A class transformer that first loads these while a call site links poisons that site:
  // JDK-8164165.
  private static void preload() throws ClassNotFoundException {
    Class.forName("java.util.concurrent.ThreadLocalRandom", false, null);
    try {
      Class.forName("java.lang.invoke.MethodHandle$1", false, null);
    } catch (ClassNotFoundException absent) {
      // Its number is the compiler's; a JDK without it does not have the problem.
    }
  }

  private static synchronized boolean first() {
    boolean first = !started;
    started = true;
    return first;
  }

  private static synchronized void reset() {
    started = false;
  }

  /** The jar that this class came from. */
  static File ownJar() throws Exception {
    return new File(Boot.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Boot() {}
}
