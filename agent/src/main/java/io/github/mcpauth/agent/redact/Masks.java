package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Masks single values, and remembers what it masked. */
final class Masks {

  private static final int MOST_CLEAN = 512;
  private static final int MOST_IDENTIFIERS = 512;
  private static final int LONGEST_KEPT = 256;
  private static final int MOST_DEPTH = 3;
  private static final int SHORTEST_KEY = 16;
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
  private int depth;

  /** Values whose parts are known, by their hashes. */
  private final KnownTexts taken = new KnownTexts();

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
    String mask = Credentials.hasFewValues(name) ? UNSPEAKABLE : fingerprints.of(value);
    boolean sure = Credentials.isIssued(name) || Credentials.hasFewValues(name);
    boolean word = isWord(value) && !isAsLongAsKey(value);
    if (source == Source.HOST && (sure || name.equals("code") || !word)) {
      seen.piecewise(value, mask);
    } else if (sure) {
      seen.issued(value, mask);
    } else if (!word) {
      other(value, mask);
    }
    parts(value, true);
    return mask;
  }

  /**
   * One key in a thousand looks like a word; where the name tells, a word of that length is one.
   */
  private static boolean isAsLongAsKey(String value) {
    return value.length() >= SHORTEST_KEY && value.indexOf(' ') < 0 && !Parts.isHost(value);
  }

  /** The parts of what the host itself sends again and again are learned once. */
  private void parts(String value, boolean secret) {
    long hash = taken.hash(value, 0, value.length()) + (secret ? 1 : 0);
    if (source == Source.PEER) {
      parts.learn(value, secret);
    } else if (!taken.has(hash)) {
      parts.learn(value, secret);
      taken.add(hash);
    }
  }

  private void other(String value, String mask) {
    if (value.length() >= SeenSecrets.HEAD) {
      seen.other(value, mask, source == Source.HOST);
    } else {
      seen.shortOneOfPeer(value, mask);
    }
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
    parts(value, false);
    return "[len=" + value.length() + "]";
  }

  /** Remembers the name of a member where names may be secrets themselves. */
  void member(String name) {
    if (!isWord(name)) {
      other(name, fingerprints.of(name));
    }
  }

  /** Remembers what a user filled in, which is shown nowhere. */
  void filledIn(String value) {
    part(value);
    parts.learn(value, false);
  }

  /** Remembers what stands behind a scheme of HTTP: a word as well, if it is as long as a key. */
  void credential(String value) {
    if (isAsLongAsKey(value) && !isMask(value)) {
      seen.other(value, fingerprints.of(value), source == Source.HOST);
    } else {
      part(value);
    }
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
    } else if (!known) {
      seen.shortOneOfPeer(value, fingerprints.of(value));
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

  /**
   * What stands in the place of what a text calls a secret.
   *
   * @param certain whether there is no doubt that it is one
   */
  String named(String name, String value, boolean certain) {
    if (certain) {
      return secret(name, value);
    }
    String mask = Credentials.hasFewValues(name) ? UNSPEAKABLE : fingerprints.of(value);
    boolean word = isWord(value) || value.indexOf(' ') >= 0 || Parts.isPlace(value);
    boolean told = name.isEmpty() || Credentials.of(name).isAtLeast(Level.POSSIBLE);
    if ((told || value.length() >= SeenSecrets.HEAD) && !word) {
      other(value, mask); // A word it is not: it may come back without the words around it.
      parts.learn(value, name.isEmpty() || NamedValues.isAuthorization(name));
    }
    return mask;
  }

  /** Remembers what a text calls secrets, and what those do that are texts themselves. */
  void learn(String text) {
    if (depth < MOST_DEPTH) {
      depth++;
      free.named(text);
      depth--;
    }
  }

  /**
   * An identifier, which may look like a key and is none: masked only if it was seen as one, and
   * what it says to be one.
   */
  String identifier(String value) {
    if (UrlRedaction.isUrl(value)) {
      return urls.redact(value); // A client id may be one: its document's.
    }
    String shown = seen.mask(free.named(value));
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

  /** The text with the values masked that it calls secrets. */
  String named(String text) {
    return free.named(text);
  }

  /** Free text, with everything masked that was seen as a secret or looks like one. */
  String text(String text) {
    List<UnescapedText> readings = UnescapedText.of(text);
    String shown = seen.mask(text, readings);
    if (clean.contains(shown)) {
      return shown;
    }
    String masked = free.masked(shown, shown.equals(text) ? readings : UnescapedText.of(shown));
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
  static int maskEnd(CharSequence text, int from) {
    if (Escapes.startsWith(text, from, UNSPEAKABLE)) {
      return from + UNSPEAKABLE.length();
    }
    int at = from;
    if (Escapes.startsWith(text, from, "[fp:")) {
      at = from + 4;
      while (at < text.length() && at < from + 16 && Character.digit(text.charAt(at), 16) >= 0) {
        at++;
      }
      if (at != from + 16 || !Escapes.startsWith(text, at, " len=")) {
        return -1;
      }
      at += 5;
    } else if (Escapes.startsWith(text, from, "[len=")) {
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
