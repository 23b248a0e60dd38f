package io.github.mcpauth.agent.cli.jvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks to other JVMs of this user and machine through the JDK's attach API, by reflection: the
 * command line's class loader does not see it, and a JRE may not have it.
 */
final class Attachment implements AutoCloseable {

  private static final String MACHINE = "com.sun.tools.attach.VirtualMachine";
  private static final int MOST_BYTES = 32 << 20;

  /** A JVM as the API lists it. */
  record Listed(long pid, String name) {}

  /** It could not be done, for the reason that the message has. */
  static final class AttachException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    AttachException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final Object machine;

  private Attachment(Object machine) {
    this.machine = machine;
  }

  /** Whether this Java can speak to other JVMs at all. */
  static boolean isThere() {
    try {
      type();
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Class<?> type() throws ClassNotFoundException {
    return Class.forName(MACHINE, true, ClassLoader.getSystemClassLoader());
  }

  /** The JVMs of this user, but for this one. */
  static List<Listed> list() throws IOException {
    List<Listed> all = new ArrayList<>();
    try {
      for (Object each : (List<?>) type().getMethod("list").invoke(null)) {
        Class<?> descriptor = each.getClass();
        String id = (String) descriptor.getMethod("id").invoke(each);
        String name = (String) descriptor.getMethod("displayName").invoke(each);
        if (id.matches("\\d{1,10}") && Long.parseLong(id) != ProcessHandle.current().pid()) {
          all.add(new Listed(Long.parseLong(id), name));
        }
      }
      return all;
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  /** Reaches into the JVM of that process. */
  static Attachment to(long pid) throws IOException {
    try {
      return new Attachment(
          type().getMethod("attach", String.class).invoke(null, String.valueOf(pid)));
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  /** Has that JVM load an agent. */
  void load(String jar, String options) throws IOException {
    try {
      type().getMethod("loadAgent", String.class, String.class).invoke(machine, jar, options);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  /** Carries out one of HotSpot's diagnostic commands, as {@code jcmd} does. */
  String diagnose(String command) throws IOException {
    try {
      Method execute = machine.getClass().getMethod("executeJCmd", String.class);
      execute.setAccessible(true);
      try (InputStream in = (InputStream) execute.invoke(machine, command)) {
        return text(in);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw failure(e);
    }
  }

  // Not readNBytes: it asks for no byte at times, which this stream takes for the end.
  private static String text(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer, 0, buffer.length);
        count > 0 && bytes.size() < MOST_BYTES;
        count = in.read(buffer, 0, buffer.length)) {
      bytes.write(buffer, 0, count);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try {
      type().getMethod("detach").invoke(machine);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  private static AttachException failure(Exception failure) {
    Throwable cause = failure instanceof InvocationTargetException ? failure.getCause() : failure;
    Throwable shown = cause == null ? failure : cause;
    return new AttachException(
        shown instanceof ClassNotFoundException
            ? "this Java has no jdk.attach module; run the command with a JDK"
            : String.valueOf(shown.getMessage()),
        shown);
  }
}
