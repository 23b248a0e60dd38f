package io.github.mcpauth.agent.redact;

/** Masks single secrets and remembers them. */
final class Masks {

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

  /** Free text, with everything masked that was seen as a secret or looks like one. */
  String text(String text) {
    return FreeText.masked(seen.mask(text), secret -> secret("", secret));
  }
}
