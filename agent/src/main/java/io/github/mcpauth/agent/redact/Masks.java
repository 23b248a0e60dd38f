package io.github.mcpauth.agent.redact;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Masks single secrets and remembers them. */
final class Masks implements UnaryOperator<String> {

  private static final int MOST_CLEAN = 512;
  private static final int LONGEST_CLEAN = 256;

  /** Texts that come again and again and hold nothing to mask: header names, media types, URLs. */
  private final Set<String> clean = ConcurrentHashMap.newKeySet();

  private final Fingerprints fingerprints;
  private final SeenSecrets seen = new SeenSecrets();

  Masks(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** What stands in the place of a secret with this name. */
  String secret(String name, String value) {
    if (value.isEmpty()) {
      return value;
    }
    String mask = SecretNames.isUnspeakable(name) ? "[redacted]" : fingerprints.of(value);
    seen.remember(value, mask);
    return mask;
  }

  /** What stands in the place of a secret without a name. */
  @Override
  public String apply(String value) {
    return secret("", value);
  }

  /** Free text, with everything masked that was seen as a secret or looks like one. */
  String text(String text) {
    String shown = seen.mask(text);
    if (clean.contains(shown)) {
      return shown;
    }
    String masked = FreeText.masked(shown, this);
    if (masked.equals(shown) && shown.length() <= LONGEST_CLEAN) {
      if (clean.size() >= MOST_CLEAN) {
        clean.clear();
      }
      clean.add(shown);
    }
    return masked;
  }
}
