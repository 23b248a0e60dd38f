package io.github.mcpauth.agent.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the secrets that were seen in structured places, so that they are masked wherever else
 * they turn up: an error text that echoes a token, an exception's message. In memory only, bounded.
 */
final class SeenSecrets {

  private static final int MOST = 1024;
  private static final int SHORTEST = 8;

  private final Map<String, String> masks =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  void remember(String secret, String mask) {
    if (secret.length() >= SHORTEST && !secret.startsWith("[")) {
      masks.put(secret, mask);
      String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
      if (!encoded.equals(secret)) {
        masks.put(encoded, mask);
      }
    }
  }

  /** The text with every remembered secret masked. */
  String mask(String text) {
    String masked = text;
    for (Map.Entry<String, String> entry : masks.entrySet()) {
      if (masked.contains(entry.getKey())) {
        masked = masked.replace(entry.getKey(), entry.getValue());
      }
    }
    return masked;
  }
}
