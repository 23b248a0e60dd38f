package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import java.util.Locale;
import java.util.Set;

/**
 * Finds in a text the values whose names say that they are secret, in whatever form names and
 * values are written there: JSON, forms, headers, XML and HTML, YAML, properties, command lines,
 * records and maps as Java and others print them, or prose. Goes over the text once, from left to
 * right, so that no text takes longer than its length.
 */
final class NamedValues {

  /** Is told of a value. */
  interface Sink {

    /**
     * A value from one index to before another.
     *
     * @param certain whether the name leaves no doubt, and is its name by the form of the text
     */
    void value(String name, int start, int end, boolean certain);
  }

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PHRASE = 24;
  private static final int MOST_NESTED = 4;

  /** In prose the id of one follows; a request object (RFC 9101) is a parameter. */
  private static final String REQUEST = "request";

  private static final Set<String> VERBS =
      Set.of("is", "was", "are", "equals", "provided", "supplied", "given", "received");

  /** What is followed by an address. */
  private static final Set<String> NO_USERS =
      Set.of("mailto", "acct", "sip", "sips", "xmpp", "to", "from", "email", "mail");

  /** Fields of a head: their value goes to the end of the line. */
  private static final Set<String> LINES =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "cookies",
          "set-cookie",
          "signature",
          "signature-input",
          "x-forwarded-client-cert");

  private final KnownTexts plain;
  private final CharSequence text;
  private final Joiner joiner;
  private final ValueShape shape;
  private final ToldValues told;
  private final NameBefore before;
  private final Elements elements;

  /** The last word and the one before, for names of several words. */
  private int wordStart = -1;

  private int wordBefore = -1;
  private int wordEnd = -2;

  private NamedValues(CharSequence text, KnownTexts plain, Sink sink) {
    this.plain = plain;
    this.text = text;
    this.joiner = new Joiner(text);
    this.shape = new ValueShape(text);
    this.told = new ToldValues(text, sink);
    this.before = new NameBefore(text);
    this.elements = new Elements(text, before, shape, told);
  }

  /**
   * Tells the sink of every such value, in order.
   *
   * @param plain words that were looked at before
   */
  static void find(CharSequence text, KnownTexts plain, Sink sink) {
    new NamedValues(text, plain, sink).walk();
  }

  private void walk() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int mask = c == '[' ? Masks.maskEnd(text, at) : -1;
      if (mask > 0) {
        at = mask;
      } else if (Character.isLetter(c) || c == '_') {
        at = word(at);
      } else if (c == '<') {
        at = elements.tag(at);
      } else if (c == '>' && elements.inTag()) {
        at = elements.content(at);
      } else if (c == ':' && at == wordEnd) {
        at = Math.max(at + 1, userinfo(at));
      } else if (c == '\n' && before.isNear(at) && Joiner.isBlankLine(text, at)) {
        at = part(at);
      } else {
        at++;
      }
    }
  }

  /** The end of a password before the name of a host, which is told; or that index. */
  private int userinfo(int colon) {
    String user = text.subSequence(wordStart, wordEnd).toString().toLowerCase(Locale.ROOT);
    int end = NO_USERS.contains(user) ? -1 : Joiner.userinfoEnd(text, colon);
    return end < 0 ? colon : told.tell("password", colon + 1, end, true);
  }

  /** The value of a field of multipart/form-data: RFC 7578 §4.2. */
  private int part(int newline) {
    int start = newline + 1;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    String name = before.take();
    return told.tell(name, start, end, Credentials.of(name).isAtLeast(Level.POSSIBLE));
  }

  private int word(int start) {
    int end = Joiner.nameEnd(text, start);
    long hash = plain.hash(text, start, end);
    if (plain.has(hash) || end - start > LONGEST_NAME) {
      follow(start, end);
      return end;
    }
    String word = text.subSequence(start, end).toString();
    String lower = word.toLowerCase(Locale.ROOT);
    if (isPlain(lower)) {
      plain.add(hash);
    }
    if (TellingWords.SCHEMES.contains(lower)) {
      int credential = shape.credential(end);
      if (credential > 0) {
        return told.tell("", shape.start(), credential, false);
      }
    }
    String name = name(word, start, end);
    boolean names = NameBefore.isOfNames(word);
    boolean marked = (name.isEmpty() || names) && joiner.read(end) && joiner.isMarked();
    if (marked && names && before.keep(joiner.end())) {
      return joiner.end();
    }
    boolean ofBefore = marked && name.isEmpty() && before.isNear(start);
    if (ofBefore && NameBefore.isOfValues(word)) {
      name = before.take();
    }
    int login = name.isEmpty() ? login(lower, start, end) : -1;
    boolean dashes = start > 1 && text.charAt(start - 1) == '-' && text.charAt(start - 2) == '-';
    follow(start, end);
    if (login > 0) {
      return told.tell("password", login, shape.wordFrom(login), true);
    }
    return name.isEmpty() ? end : value(name, lower, end, dashes || ofBefore);
  }

  private void follow(int start, int end) {
    wordBefore = start == wordEnd + 1 ? wordStart : -1;
    wordStart = start;
    wordEnd = end;
  }

  private static boolean isPlain(String word) {
    return Credentials.of(word) == Level.UNKNOWN
        && !Credentials.endsPhrase(word)
        && !TellingWords.SCHEMES.contains(word)
        && !NameBefore.isOfNames(word)
        && !NameBefore.isOfValues(word)
        && !word.equals("u")
        && !word.equals("user");
  }

  /** Where the password of {@code -u user:password} begins, or -1. */
  private int login(String word, int start, int end) {
    boolean flag = (word.equals("u") || word.equals("user")) && start > 0;
    if (!flag || text.charAt(start - 1) != '-' || !joiner.read(end) || joiner.isAssigned()) {
      return -1;
    }
    int colon = Joiner.nameEnd(text, joiner.end());
    boolean pair = colon + 1 < text.length() && text.charAt(colon) == ':';
    return pair && text.charAt(colon + 1) > ' ' ? colon + 1 : -1;
  }

  /** The word, or it and those before it, if that is what a secret is called; else nothing. */
  private String name(String word, int start, int end) {
    Level level = Credentials.of(word);
    if (level.isAtLeast(Level.POSSIBLE)) {
      return word;
    }
    boolean follows = wordStart >= 0 && start == wordEnd + 1 && text.charAt(wordEnd) == ' ';
    for (int from : new int[] {wordStart, wordBefore}) {
      if (follows && from >= 0 && end - from <= LONGEST_PHRASE) {
        String phrase = text.subSequence(from, end).toString();
        if (Credentials.ofPhrase(phrase).isAtLeast(Level.POSSIBLE)) {
          return phrase;
        }
      }
    }
    return level == Level.AMBIGUOUS ? word : "";
  }

  /**
   * Tells of the value behind a name, if there is one; returns where to go on.
   *
   * @param flag whether a space is enough between them
   */
  private int value(String name, String word, int nameEnd, boolean flag) {
    int end = nameEnd;
    boolean strong = Credentials.of(name).isAtLeast(Level.POSSIBLE) || name.indexOf(' ') >= 0;
    for (int nested = 0; nested < MOST_NESTED && joiner.read(end); nested++) {
      int verb = joiner.isAssigned() ? end : Joiner.nameEnd(text, joiner.end());
      if (isVerb(joiner.end(), verb) && !joiner.read(verb)) {
        return nameEnd;
      }
      boolean assigned = joiner.isAssigned() || flag;
      if (assigned && LINES.contains(word)) {
        return line(name, joiner.end());
      }
      int packed = strong && assigned ? shape.packed(joiner) : -1;
      if (packed > 0) {
        return told.tell(name, shape.start(), packed, true);
      }
      int stop = shape.value(joiner, strong && assigned && joiner.startsLine(wordStart));
      if (stop > shape.start() && joiner.isOpened() && joiner.isName(stop)) {
        end = stop; // A structure: its first member is judged by this name.
        continue;
      }
      boolean certain = strong && assigned;
      boolean is =
          certain || strong && joiner.isQuoted()
              ? shape.isValue(stop)
              : assigned
                  ? shape.isLikelyValue(name, stop)
                  : !word.equals(REQUEST) && shape.isMixed(stop);
      return is ? told.tell(name, shape.start(), stop, certain) : nameEnd;
    }
    return nameEnd;
  }

  /** Whether what a field so called has is a credential as HTTP encodes it: RFC 7617 §2. */
  static boolean isAuthorization(String name) {
    return name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("proxy-authorization");
  }

  private boolean isVerb(int start, int end) {
    boolean word = end > start && end - start < 9;
    return word && VERBS.contains(text.subSequence(start, end).toString());
  }

  /** Whether the field goes on in the next line, which begins with white space: RFC 9112 §5.2. */
  private boolean isFolded(int at) {
    int next = at + 1;
    if (text.charAt(at) == '\r' && next < text.length() && text.charAt(next) == '\n') {
      next++;
    }
    return text.charAt(at) <= ' '
        && next < text.length()
        && (text.charAt(next) == ' ' || text.charAt(next) == '\t');
  }

  /** Of the fields of a head whose value has several parts, each that may be one. */
  private int line(String name, int from) {
    int at = from;
    while (at < text.length() && ("\r\n\"'}<".indexOf(text.charAt(at)) < 0 || isFolded(at))) {
      int mask = text.charAt(at) == '[' ? Masks.maskEnd(text, at) : -1;
      if (mask > 0) {
        at = mask;
      } else if (ValueShape.isPart(text.charAt(at))) {
        int end = shape.part(at);
        boolean pair = at > from && "=:".indexOf(text.charAt(at - 1)) >= 0;
        if (pair ? shape.isValue(end) : shape.isMixed(end)) {
          told.tell(name, at, end, false);
        }
        at = end;
      } else {
        at++;
      }
    }
    return at;
  }
}
