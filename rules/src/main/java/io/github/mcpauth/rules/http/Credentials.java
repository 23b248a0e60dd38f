package io.github.mcpauth.rules.http;

import java.util.Locale;

/**
 * What the name of a header, parameter or member says of its value: whether it is a credential, for
 * certain or perhaps, or something else that is not to be shown. Names compare without case and
 * without what separates their words: {@code X-API-Key}, {@code x_api_key} and {@code xApiKey} are
 * one.
 */
public final class Credentials {

  /** From harmless to telling; what is true of a level holds for those above it, too. */
  public enum Level {
    /** Known not to be secret. */
    HARMLESS,
    /** The name says nothing. */
    UNKNOWN,
    /** A word that also names what is none: the code of an error, the key of a table. */
    AMBIGUOUS,
    /** The name of something secret; whether it is a credential, it does not say for certain. */
    POSSIBLE,
    /** One beyond doubt, be it one that the client keeps by itself: cookies, session ids. */
    CERTAIN,
    /** A token or key, which tells who sends the request. */
    IDENTIFYING;

    public boolean isAtLeast(Level level) {
      return compareTo(level) >= 0;
    }
  }

  /** What the name says, wherever it stands. */
  public static Level of(String name) {
    return CredentialNames.level(name);
  }

  /** What some words of a text name, if that is what a secret is called. */
  public static Level ofPhrase(String words) {
    return CredentialNames.isPhrase(words) ? Level.POSSIBLE : Level.UNKNOWN;
  }

  /** Whether a phrase may end so that {@link #ofPhrase} knows. */
  public static boolean endsPhrase(String word) {
    return CredentialNames.endsPhrase(word);
  }

  /** What the name of a header says. */
  public static Level ofHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (CredentialHeaders.isOfBrowsers(lower)) {
      return Level.HARMLESS;
    }
    if (CredentialHeaders.identifies(lower)) {
      return Level.IDENTIFYING;
    }
    if (CredentialHeaders.isCertainHeader(lower)) {
      return Level.CERTAIN;
    }
    Level level = of(name);
    return level == Level.UNKNOWN && CredentialHeaders.soundsLikeOne(lower)
        ? Level.POSSIBLE
        : level;
  }

  /** What the name of a parameter in a URL's query says, short as it is there. */
  public static Level ofParameter(String name) {
    return CredentialNames.isCertainParameter(name) ? Level.CERTAIN : of(name);
  }

  /** What the name of a member says, where those of a key may stand: RFC 7518 §6. */
  public static Level ofMember(String name) {
    return CredentialNames.isOfKey(name) ? Level.POSSIBLE : of(name);
  }

  /** Whether there are so few values that a fingerprint would give one away: a PIN, a password. */
  public static boolean hasFewValues(String name) {
    return CredentialNames.hasFewValues(name);
  }

  /** Whether a peer issues such a value for the host to use. */
  public static boolean isIssued(String name) {
    return CredentialNames.isIssued(name);
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
