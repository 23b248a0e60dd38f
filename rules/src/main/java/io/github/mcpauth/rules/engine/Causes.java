package io.github.mcpauth.rules.engine;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which finding explains which: one root cause, one finding. A rule that is named here is not
 * reported for a server whose open findings hold one of its causes, but linked to it.
 */
final class Causes {

  private static final Set<String> DISCOVERY =
      Set.of(
          "missing-resource-metadata",
          "forbidden-on-connect",
          "malformed-challenge",
          "protected-resource-metadata-invalid",
          "resource-mismatch",
          "authorization-server-metadata-unavailable",
          "issuer-mismatch",
          "pkce-not-advertised",
          "blocked-before-server",
          "endpoint-not-found",
          "redirected-to-login");

  private static final Set<String> REGISTRATION =
      Set.of("client-registration-rejected", "client-registration-unavailable");

  private static final Set<String> TOKEN =
      Set.of("token-request-rejected", "refresh-token-race", "rate-limited", "server-error");

  /** What a person should know whatever else is wrong; never a consequence, never a cause. */
  private static final Set<String> INDEPENDENT =
      Set.of(
          "oversized-request-headers",
          "credential-in-url",
          "credential-over-plain-http",
          "credential-sent-to-wrong-origin");

  private static final Map<String, Set<String>> FOLLOWS =
      Map.ofEntries(
          Map.entry(
              "missing-resource-metadata",
              Set.of("protected-resource-metadata-invalid", "malformed-challenge")),
          Map.entry(
              "authorization-server-metadata-unavailable",
              Set.of(
                  "missing-resource-metadata",
                  "protected-resource-metadata-invalid",
                  "resource-mismatch")),
          Map.entry("client-registration-rejected", DISCOVERY),
          Map.entry("client-registration-unavailable", DISCOVERY),
          Map.entry(
              "token-request-rejected",
              Set.of(
                  "refresh-token-race",
                  "client-registration-rejected",
                  "client-registration-unavailable",
                  "issuer-mismatch",
                  "authorization-server-metadata-unavailable")),
          Map.entry("token-expired", TOKEN),
          Map.entry(
              "rejected-after-auth",
              Set.of(
                  "credential-malformed",
                  "redirect-broke-request",
                  "insufficient-scope",
                  "resource-mismatch",
                  "token-expired")),
          Map.entry(
              "stale-token-after-auth", Set.of("credential-malformed", "redirect-broke-request")),
          Map.entry("session-lost", Set.of("stale-session-after-auth", "request-headers-rejected")),
          Map.entry("endpoint-not-found", Set.of("wrong-transport")),
          Map.entry("event-stream-refused", Set.of("session-lost", "stale-session-after-auth")));

  private static final Set<String> FOLLOWS_ANY =
      Set.of("challenge-ignored", "authorization-not-completed");

  static boolean isIndependent(String rule) {
    return INDEPENDENT.contains(rule);
  }

  /** The rule among those already named that explains this one, or null. */
  static @Nullable String of(String rule, Map<String, Long> named) {
    if (FOLLOWS_ANY.contains(rule)) {
      for (String other : named.keySet()) {
        if (!other.equals(rule)) {
          return other;
        }
      }
      return null;
    }
    Set<String> causes = FOLLOWS.getOrDefault(rule, Set.of());
    for (String cause : named.keySet()) {
      boolean registration = REGISTRATION.contains(rule) && REGISTRATION.contains(cause);
      if (causes.contains(cause) && !registration) {
        return cause;
      }
    }
    return null;
  }

  private Causes() {}
}
