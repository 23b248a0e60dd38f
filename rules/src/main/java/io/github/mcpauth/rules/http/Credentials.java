package io.github.mcpauth.rules.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a header or parameter says of its value: whether it is a credential, for certain
 * or perhaps. The one list of such names.
 */
public final class Credentials {

  /** From harmless to telling; what is true of a level holds for those above it, too. */
  public enum Level {
    /** Known not to be secret. */
    HARMLESS,
    /** The name says nothing. */
    UNKNOWN,
    /** The name sounds like one; {@code X-Request-Token} and the like are none. */
    POSSIBLE,
    /** One beyond doubt, be it one that the client keeps by itself: cookies, session ids. */
    CERTAIN,
    /** A token or key, which tells who sends the request. */
    IDENTIFYING;

    public boolean isAtLeast(Level level) {
      return compareTo(level) >= 0;
    }
  }

  /** What browsers say of a request; none of it is secret. */
  private static final Pattern HARMLESS =
      Pattern.compile("access-control-.*|sec-.*|idempotency-key|x-idempotency-key|:.*");

  private static final Pattern POSSIBLE =
      Pattern.compile(
          "token|secret|passw|passphrase|credential|session|cookie|api[-_]?key|auth(?!ors?$)"
              + "|jwt|assertion|dpop|signature|[-_]key$");

  private static final Pattern CERTAIN =
      Pattern.compile(
          "cookie|mcp-session-id"
              + "|(?:.*[-_])?(?:client[-_]?secret|app[-_]?secret|password|passwd"
              + "|(?:access|api|auth|bearer|figma|github|gitlab|id|jwt|private|refresh|security"
              + "|service|session|subscription|user|vault)[-_]?token|subscription-key"
              + "|functions-key)");

  private static final Pattern IDENTIFYING =
      Pattern.compile(
          "authorization|dpop|.*(?:api-key|apikey|auth-token|access-token|private-token).*");

  /** Parameters of a query that are credentials beyond doubt, short as their names are. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "access_token",
          "token",
          "auth_token",
          "api_key",
          "apikey",
          "api-key",
          "key",
          "client_secret",
          "refresh_token",
          "id_token",
          "password",
          "secret",
          "bearer");

  /** What the name of a header says, ignoring case. */
  public static Level ofHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (HARMLESS.matcher(lower).matches()) {
      return Level.HARMLESS;
    }
    if (IDENTIFYING.matcher(lower).matches()) {
      return Level.IDENTIFYING;
    }
    if (CERTAIN.matcher(lower).matches()) {
      return Level.CERTAIN;
    }
    return POSSIBLE.matcher(lower).find() ? Level.POSSIBLE : Level.UNKNOWN;
  }

  /** What the name of a parameter in a URL's query says, ignoring case. */
  public static Level ofParameter(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (PARAMETERS.contains(lower)) {
      return Level.CERTAIN;
    }
    return POSSIBLE.matcher(lower).find() ? Level.POSSIBLE : Level.UNKNOWN;
  }

  /** Whether a header carries a token or key; ambient cookies do not count. */
  public static boolean carriedBy(RequestHead request) {
    for (Header field : request.headers()) {
      if (ofHeader(field.name()) == Level.IDENTIFYING && !field.value().isBlank()) {
        return true;
      }
    }
    return false;
  }

  private Credentials() {}
}
