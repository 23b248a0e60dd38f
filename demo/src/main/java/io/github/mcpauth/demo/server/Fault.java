package io.github.mcpauth.demo.server;

import java.util.Locale;

/** What the demo server does wrong. */
public enum Fault {
  NONE,
  /** Tokens are fat, and heads of more than 8 KiB are refused with 431. */
  HEADER_LIMIT,
  /** 401 without {@code resource_metadata}, no resource metadata: as in revision 2025-03-26. */
  NO_HINT,
  /** 403 to requests without a token. */
  FORBIDDEN,
  /** The server is right; the host goes on with the headers it had before the login. */
  RECONNECT;

  /** The constant for {@code header-limit} and the like. */
  public static Fault named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
