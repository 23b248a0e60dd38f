package io.github.mcpauth.agent.boot;

import java.util.Iterator;
import java.util.Map;
import java.util.Properties;

/**
 * Tells whether a setting is given that has to be looked at before the host runs: a mistake in it
 * is told at once, and a properties file may switch the agent off. Most JVMs have none, or no more
 * than a place for the log, and pay nothing.
 */
final class GivenSettings {

  static boolean any(
      Map<String, String> options, Properties system, Map<String, String> environment) {
    return anyKey(options.keySet().iterator(), Options.PREFIX, "mcpauth.log.file")
        || anyKey(system.stringPropertyNames().iterator(), Options.PREFIX, "mcpauth.log.file")
        || anyKey(environment.keySet().iterator(), "MCPAUTH_", "MCPAUTH_LOG_FILE");
  }

  /**
   * @param free any text is a value of it
   */
  private static boolean anyKey(Iterator<String> keys, String prefix, String free) {
    while (keys.hasNext()) {
      String key = keys.next();
      if (key.startsWith(prefix) && !key.equals(free)) {
        return true;
      }
    }
    return false;
  }

  private GivenSettings() {}
}
