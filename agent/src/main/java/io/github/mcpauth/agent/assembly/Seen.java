package io.github.mcpauth.agent.assembly;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the labels with which tier 0 notes of what the JVM has loaded classes. */
final class Seen {

  private final Map<String, Boolean> labels;

  /**
   * @param labels {@code sdk:…}, {@code client:…}, {@code transport:…}; grows
   */
  Seen(Map<String, Boolean> labels) {
    this.labels = labels;
  }

  /** The MCP SDKs. */
  Set<String> sdks() {
    return Collections.unmodifiableSet(of("sdk:"));
  }

  /** The HTTP clients whose requests cannot be seen, for people. */
  List<String> unwatched() {
    return new ArrayList<>(of("client:"));
  }

  /** Whether an SDK is there that may speak over HTTP: not one that speaks stdio alone. */
  boolean mayMcpBeOverHttp() {
    Set<String> transports = of("transport:");
    boolean stdioAlone = transports.contains("stdio") && !transports.contains("http");
    return !of("sdk:").isEmpty() && !stdioAlone;
  }

  private Set<String> of(String kind) {
    Set<String> names = new TreeSet<>();
    synchronized (labels) {
      for (String label : labels.keySet()) {
        if (label.startsWith(kind)) {
          names.add(label.substring(kind.length()));
        }
      }
    }
    return names;
  }
}
