package io.github.mcpauth.agent.settings;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number of this process. */
@ForStartUp(row = "process id", saves = 9)
public final class Pid {

  private static final long CURRENT = read();

  public static long current() {
    return CURRENT;
  }

  // ProcessHandle starts a thread pool for what nobody asked; Linux tells by the name of a link.
  private static long read() {
    try {
      return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self")).toString());
    } catch (IOException | RuntimeException noSuchLink) {
      return ProcessHandle.current().pid();
    }
  }

  private Pid() {}
}
