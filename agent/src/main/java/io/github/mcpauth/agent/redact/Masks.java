package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Masks single values, and remembers what it masked. */
final class Masks {

  private static final int MOST_CLEAN = 512;
  private static final int MOST_IDENTIFIERS = 512;
  private static final int LONGEST_KEPT = 256;
  private static final String UNSPEAKABLE = "[redacted]";

  /** Who said what is being learned; what a peer says does not displace what the host uses. */
  enum Source {
    HOST,
    PEER
  }

  /** Texts that come again and again and hold nothing to mask: header names, media types, URLs. */
  private final Set<String> clean = ConcurrentHashMap.newKeySet();

  private final Set<String> identifiers =
      Collections.newSetFromMap(BoundedMap.byAccess(MOST_IDENTIFIERS));
  private final Fingerprints fingerprints;
  private final SeenSecrets seen = new SeenSecrets();
  private final UrlRedaction urls = new UrlRedaction(this);
  private final FreeText free = new FreeText(this, urls);
  private final Parts parts = new Parts(this);
  private Source source = Source.PEER;

  Masks(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  UrlRedaction urls() {
    return urls;
  }

  /** From here on it is this party's secrets that are masked. */
  void source(Source party) {
    source = party;
  }

  /** What stands in the place of a secret with this name. */
  String secret(String name, String value) {
    if (value.isEmpty() || isMask(value)) {
      return value;
    }
    String mask = SecretNames.isUnspeakable(name) ? UNSPEAKABLE : fingerprints.of(value);
    boolean sure = SecretNames.isCredential(name) || SecretNames.isUnspeakable(name);
    if (source == Source.HOST && (sure || name.equals("code") || !isWord(value))) {
      seen.credential(value, mask);
    } else if (sure) {
      seen.issued(value, mask);
    } else if (!isWord(value)) {
      seen.other(value, mask, source == Source.HOST);
    }
    parts.learn(value, true);
    return mask;
  }

  /** What stands in the place of a value that nobody knows to be harmless. */
  String hidden(String value) {
    if (value.isEmpty() || isMask(value)) {
      return value;
    }
    boolean credible =
        value.length() >= SeenSecrets.HEAD && !Parts.isPlace(value) && !Parts.isHost(value);
    if (credible && source == Source.HOST && value.indexOf(' ') < 0) {
      seen.credential(value, fingerprints.of(value));
    } else {
      part(value);
    }
    parts.learn(value, false);
    return "[len=" + value.length() + "]";
  }

  /** Remembers what a user filled in, which is shown nowhere. */
  void filledIn(String value) {
    part(value);
    parts.learn(value, false);
  }

  /** Remembers what is not to be shown, unless it may as well be a word or a machine's name. */
  void part(String value) {
    boolean known = isMask(value) || isWord(value) || Parts.isPlace(value) || Parts.isHost(value);
    if (value.length() >= SeenSecrets.HEAD && !known) {
      if (source == Source.HOST && value.indexOf(' ') < 0) {
        seen.credential(value, fingerprints.of(value));
      } else {
        seen.other(value, fingerprints.of(value), source == Source.HOST);
      }
    }
  }

  /** Whether it may as well be a word or a small number, to be found in many an innocent text. */
  static boolean isWord(String value) {
    int letters = 0;
    int digits = 0;
    boolean date = value.length() == 10 && value.charAt(4) == '-' && value.charAt(7) == '-';
    for (int i = 0; i < value.length(); i++) {
      boolean joins = i > 0 && "_-.".indexOf(value.charAt(i)) >= 0;
      letters += Character.isLetter(value.charAt(i)) || joins ? 1 : 0;
      digits += Character.isDigit(value.charAt(i)) ? 1 : 0;
    }
    return digits == value.length() && digits < 6
        || date && digits == 8 // A revision of MCP.
        || letters == value.length() && !RandomText.isLikely(value);
  }

  /** What stands in the place of what looks like a key, wherever it was found. */
  String key(String value) {
    if (isMask(value)) {
      return value;
    }
    String mask = fingerprints.of(value);
    seen.other(value, mask, source == Source.HOST);
    for (int i = 1; i < Math.min(value.length(), SeenSecrets.HEAD); i++) {
      if ("-_.".indexOf(value.charAt(i - 1)) >= 0) {
        part(value.substring(i)); // Of user-5fX… the end may come back alone.
      }
    }
    return mask;
  }

  /** What stands in the place of what may be a secret, by the words around it. */
  String suspect(String name, String value) {
    String mask = SecretNames.isUnspeakable(name) ? UNSPEAKABLE : fingerprints.of(value);
    if (!isWord(value) && value.indexOf(' ') < 0 && !Parts.isPlace(value)) {
      seen.other(
          value,
          mask,
          source == Source.HOST); // A word it is not: it may come back without the words around it.
    }
    return mask;
  }

  /** An identifier, which may look like a key and is none: masked only if it was seen as one. */
  String identifier(String value) {
    String shown = seen.mask(value);
    if (shown.equals(value) && value.length() <= LONGEST_KEPT) {
      identifiers.add(value);
    }
    return shown;
  }

  boolean isIdentifier(String word) {
    return identifiers.contains(word);
  }

  /** The text with everything masked that was seen as a secret. */
  String seen(String text) {
    return seen.mask(text);
  }

  /** Free text, with everything masked that was seen as a secret or looks like one. */
  String text(String text) {
    String shown = seen.mask(text);
    if (clean.contains(shown)) {
      return shown;
    }
    String masked = free.masked(shown);
    if (masked.equals(shown) && shown.length() <= LONGEST_KEPT) {
      if (clean.size() >= MOST_CLEAN) {
        clean.clear();
      }
      clean.add(shown);
    }
    return masked;
  }

  /** Whether it is what stands in the place of something: as long as that, it says nothing. */
  static boolean isMask(String value) {
    return value.startsWith("[") && maskEnd(value, 0) == value.length();
  }

  /** The end of the mask that begins at that index, or -1 where none does. */
  static int maskEnd(String text, int from) {
    if (text.startsWith(UNSPEAKABLE, from)) {
      return from + UNSPEAKABLE.length();
    }
    int at = from;
    if (text.startsWith("[fp:", from)) {
      at = from + 4;
      while (at < text.length() && at < from + 16 && Character.digit(text.charAt(at), 16) >= 0) {
        at++;
      }
      if (at != from + 16 || !text.startsWith(" len=", at)) {
        return -1;
      }
      at += 5;
    } else if (text.startsWith("[len=", from)) {
      at = from + 5;
    } else {
      return -1;
    }
    int digits = at;
    while (at < text.length() && at < digits + 9 && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at > digits && at < text.length() && text.charAt(at) == ']' ? at + 1 : -1;
  }
}
