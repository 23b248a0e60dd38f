package io.github.mcpauth.demo.host;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A deliberate mistake of the host, as real hosts make them: turns {@code -Ddemo.mistake=<name>}
 * into a deviation from one clause of the MCP authorization specification (2025-11-25), so that it
 * can be shown whether it is noticed and repaired.
 */
enum Mistake {
  /** Sends no {@code resource} (RFC 8707 §2). */
  NO_RESOURCE,
  /** Asks for no scope, whatever the challenge says. */
  NO_SCOPE,
  /** Sends neither a code challenge nor its verifier (RFC 7636). */
  NO_PKCE,
  /** Looks for protected resource metadata at the root only (RFC 9728 §3.1). */
  RESOURCE_METADATA_AT_ROOT,
  /** Looks for authorization server metadata at the root only (RFC 8414 §3.1). */
  SERVER_METADATA_AT_ROOT,
  /** Puts the client secret where the server does not look: body for header and vice versa. */
  SWAPPED_CLIENT_AUTH,
  /** Takes a 403 {@code insufficient_scope} for a failure (RFC 6750 §3.1). */
  NO_STEP_UP,
  /** Authorizes again as often as the server says {@code insufficient_scope}. */
  NO_RETRY_LIMIT,
  /** Believes metadata that describes another resource (RFC 9728 §3.3). */
  RESOURCE_UNCHECKED;

  /** The mistake of that name, or null for none. */
  static @Nullable Mistake named(@Nullable String name) {
    return name == null || name.isEmpty()
        ? null
        : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
