package io.github.mcpauth.agent.boot;

import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The doors from tier 0 into tier 1, whose loader is made with the first use. */
final class Tier1 {

  private @Nullable IsolatedLoader loader;

  /** Tells mistakes in the settings; false where a properties file switches the agent off. */
  boolean checkSettings(Map<String, String> options, PrintStream err) throws Throwable {
    return Boolean.TRUE.equals(
        call(
            "assembly.SettingsAtStart",
            "check",
            new Class<?>[] {Map.class, PrintStream.class},
            options,
            err));
  }

  /** Puts the recorder and the hooks together, and returns what weaves the clients' classes. */
  ClassFileTransformer assemble(
      Map<String, String> options,
      Instrumentation instrumentation,
      PrintStream err,
      Map<String, Boolean> sightings)
      throws Throwable {
    return (ClassFileTransformer)
        call(
            "assembly.Assembly",
            "start",
            new Class<?>[] {Map.class, Instrumentation.class, PrintStream.class, Map.class},
            options,
            instrumentation,
            err,
            sightings);
  }

  /** Runs a command of the jar and returns its exit code. */
  int command(String[] args, PrintStream out, PrintStream err) throws Throwable {
    return (Integer)
        call(
            "cli.Main",
            "run",
            new Class<?>[] {String[].class, PrintStream.class, PrintStream.class},
            args,
            out,
            err);
  }

  /** What is known of this JVM's own run; null where nothing of tier 1 was needed so far. */
  @Nullable Object live(String method, Class<?>[] parameters, @Nullable Object... arguments)
      throws Throwable {
    synchronized (this) {
      if (loader == null) {
        return null;
      }
    }
    return call("live.LiveRun", method, parameters, arguments);
  }

  private Object call(
      String type, String method, Class<?>[] parameters, @Nullable Object... arguments)
      throws Throwable {
    Class<?> door = Class.forName("io.github.mcpauth.agent.".concat(type), true, loader());
    try {
      return door.getMethod(method, parameters).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  private synchronized IsolatedLoader loader() throws Exception {
    IsolatedLoader made = loader;
    if (made == null) {
      made = new IsolatedLoader(Boot.ownJar());
      loader = made;
    }
    return made;
  }
}
