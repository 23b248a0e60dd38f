package io.github.mcpauth.agent.settings;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The agent's version, as its build wrote it down. */
public final class Version {

  public static String current() {
    try (InputStream in =
        Version.class.getResourceAsStream("/io/github/mcpauth/agent/version.properties")) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private Version() {}
}
