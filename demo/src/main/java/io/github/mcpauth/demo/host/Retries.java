package io.github.mcpauth.demo.host;

import io.github.mcpauth.demo.host.Settings.Lookup;

/**
 * Turns a refusal into the decision whether to authorize once more (MCP 2025-11-25, "Scope
 * Challenge Handling": no more than a few times).
 */
final class Retries {

  /** The server's no: 401 or 403, and what it demands. */
  record Refusal(int status, Challenge challenge) {}

  private static final int STEP_UPS = 2;

  private final Settings settings;
  private boolean authorized;
  private int stepUps;

  Retries(Settings settings) {
    this.settings = settings;
  }

  /** The user tries again by hand: what was in vain so far may be done once more. */
  void again() {
    authorized = false;
    stepUps = 0;
  }

  /**
   * @param renewable whether there is a refresh token
   */
  boolean worthwhile(Refusal refusal, boolean renewable) {
    if (refusal.status() == 403) {
      return refusal.challenge().insufficientScope()
          && !settings.makes(Mistake.NO_STEP_UP)
          && (stepUps++ < STEP_UPS || settings.makes(Mistake.NO_RETRY_LIMIT));
    }
    boolean told = refusal.challenge().resourceMetadata() != null;
    if (refusal.status() != 401 || !(told || settings.lookup() != Lookup.STRICT)) {
      return false;
    }
    boolean first = !authorized;
    authorized = true;
    return first || renewable;
  }
}
