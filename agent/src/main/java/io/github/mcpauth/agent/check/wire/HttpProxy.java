package io.github.mcpauth.agent.check.wire;

import org.jspecify.annotations.Nullable;

/**
 * A proxy that requests go over.
 *
 * @param host its name
 * @param port its port
 * @param source where it is set, in words
 * @param authorization what {@code Proxy-Authorization} is to say; null where nothing is known
 */
public record HttpProxy(String host, int port, String source, @Nullable String authorization) {

  /** Without its password. */
  public String inWords() {
    return "the proxy " + host + ":" + port + " of " + source;
  }

  /** As {@link #inWords}. */
  @Override
  public String toString() {
    return inWords();
  }
}
