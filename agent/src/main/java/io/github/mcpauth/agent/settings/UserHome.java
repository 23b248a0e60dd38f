package io.github.mcpauth.agent.settings;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The folder that {@code ~} stands for. A JVM whose user has no entry in the system's list of
 * users, as in many containers, has {@code ?} for {@code user.home}: then it is {@code HOME}, and
 * where that is no absolute path either, the folder for temporary files.
 */
public final class UserHome {

  /** Of this process. */
  public static String current() {
    return of(System.getProperties(), System.getenv());
  }

  static String of(Properties system, Map<String, String> environment) {
    String home = system.getProperty("user.home", "");
    if (isUsable(home)) {
      return home;
    }
    String variable = environment.getOrDefault("HOME", "");
    return isUsable(variable) ? variable : system.getProperty("java.io.tmpdir", ".");
  }

  private static boolean isUsable(String folder) {
    return folder.length() > 1 && new File(folder).isAbsolute();
  }

  /** The path with a {@code ~} at its start, alone or before a separator, as the folder. */
  static String expand(String path, String home) {
    boolean tilde =
        path.equals("~") || path.startsWith("~/") || path.startsWith("~" + File.separator);
    return tilde ? home + path.substring(1) : path;
  }

  /** Where logs are unless a setting says otherwise. */
  public static Path logs() {
    return Path.of(current(), ".mcpauth", "logs");
  }

  private UserHome() {}
}
