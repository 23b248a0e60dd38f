package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Remembers the secrets that were seen in structured places, so that they are masked wherever else
 * they turn up: an error text that echoes a token, an exception's message. In memory only, bounded.
 */
final class SeenSecrets {

  private static final int MOST = 1024;
  private static final int SHORTEST = 8;

  private final Map<String, String> masks = BoundedMap.byAccess(MOST);

  void remember(String secret, String mask) {
    if (secret.length() >= SHORTEST && !secret.startsWith("[")) {
      masks.put(secret, mask);
      if (!isUnreserved(secret)) {
        masks.put(URLEncoder.encode(secret, StandardCharsets.UTF_8), mask);
      }
    }
  }

  /** Whether the encoding of a form leaves it as it is, as that of nearly every token. */
  private static boolean isUnreserved(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && c != '-' && c != '_' && c != '.' && c != '*') {
        return false;
      }
    }
    return true;
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
