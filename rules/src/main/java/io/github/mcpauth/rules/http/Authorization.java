package io.github.mcpauth.rules.http;

import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code Authorization} header taken apart (RFC 9110 §11.6.2).
 *
 * @param scheme as it was written; empty where the value is a single word
 * @param credentials what follows the scheme, without blanks around it; the single word otherwise
 */
public record Authorization(String scheme, String credentials) {

  /** Takes any value apart; never fails. */
  public static Authorization parse(String value) {
    String stripped = value.strip();
    int blank = stripped.indexOf(' ');
    return blank < 0
        ? new Authorization("", stripped)
        : new Authorization(stripped.substring(0, blank), stripped.substring(blank + 1).strip());
  }

  /** The first such header of a request, or null where there is none. */
  public static @Nullable Authorization of(RequestHead request) {
    String value = request.headers().first("Authorization");
    return value == null ? null : parse(value);
  }

  /** The token in {@code Authorization: Bearer …} (RFC 6750 §2.1), or null. */
  public static @Nullable String bearer(RequestHead request) {
    Authorization authorization = of(request);
    return authorization != null && authorization.is("Bearer") ? authorization.credentials : null;
  }

  /** Whether it is of this scheme, ignoring case. */
  public boolean is(String name) {
    return scheme.equalsIgnoreCase(name);
  }

  /** The last word: the token, even where a host wrote the scheme twice. */
  public String token() {
    return credentials.substring(credentials.lastIndexOf(' ') + 1);
  }

  /** The scheme only: the rest is a credential. */
  @Override
  public String toString() {
    return "Authorization[" + scheme + ']';
  }
}
