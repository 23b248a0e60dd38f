package io.github.mcpauth.agent.redact;

import java.util.Locale;

/**
 * Masks in free text what looks like a secret: by the name or the scheme before it, by its shape,
 * or because it looks like a key. Goes over the text once, from left to right, and decides by a
 * word and what is before it, so that no text takes longer than its length.
 */
final class FreeText {

  private static final int SHORTEST_SHAPED = 12;
  private static final int SHORTEST_KEY = 16;
  private static final int LONG = 20;
  private static final int SHORTEST_SECRET = 3;
  private static final int MOST_SPACES = 3;

  /** A status of HTTP, or the number of an error: too short for an authorization code. */
  private static final int LONGEST_STATUS = 4;

  private static final String PEM = "-----BEGIN ";

  private final Masks masks;
  private final UrlRedaction urls;

  FreeText(Masks masks, UrlRedaction urls) {
    this.masks = masks;
    this.urls = urls;
  }

  /** The text with each such secret masked. */
  String masked(String text) {
    return new Walk(text).walk();
  }

  /** One walk over a text. */
  private final class Walk {

    private final String text;
    private final StringBuilder safe;
    private int at;

    /** The name whose value comes next, or the empty string. */
    private String name = "";

    private boolean scheme;

    Walk(String text) {
      this.text = text;
      this.safe = new StringBuilder(text.length() + 16);
    }

    String walk() {
      while (at < text.length()) {
        char c = text.charAt(at);
        int mask = c == '[' ? Masks.maskEnd(text, at) : -1;
        if (mask > 0) {
          copy(mask);
          forget();
        } else if (text.startsWith(PEM, at)) {
          pem();
        } else if (isWord(c)) {
          word();
        } else {
          between();
        }
      }
      return safe.toString();
    }

    private void copy(int end) {
      safe.append(text, at, end);
      at = end;
    }

    private void forget() {
      name = "";
      scheme = false;
    }

    /** To its end, or to that of the text. */
    private void pem() {
      int end = text.indexOf("-----END ", at);
      int last = end < 0 ? -1 : text.indexOf("-----", end + 9);
      int stop = last < 0 ? text.length() : last + 5;
      safe.append(masks.key(text.substring(at, stop)));
      at = stop;
    }

    /** What is between words: the name before it counts on if it is a separator. */
    private void between() {
      int start = at;
      int spaces = 0;
      boolean separator = false;
      boolean other = false;
      while (at < text.length() && !isWord(text.charAt(at)) && text.charAt(at) != '[') {
        char c = text.charAt(at);
        spaces += c <= ' ' ? 1 : 0;
        separator |= c == '=' || c == ':';
        other |= !(c <= ' ' || c == '=' || c == ':' || c == '"' || c == '\'' || c == '\\');
        at++;
      }
      if (at == start) { // A bracket that begins no mask.
        at++;
        other = true;
      }
      safe.append(text, start, at);
      if (other || spaces > MOST_SPACES || !separator) {
        name = "";
      }
      if (separator || other || spaces == 0 || spaces > MOST_SPACES) {
        scheme = false;
      }
      char last = safe.charAt(safe.length() - 1);
      if (!name.isEmpty() && (last == '"' || last == '\'')) {
        quoted(last);
      }
    }

    /** The value of a name in quotes, which may have spaces in it. */
    private void quoted(char quote) {
      int end = at;
      while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      end = Math.min(end, text.length());
      if (end > at && text.charAt(end - 1) == '\\') {
        end--;
      }
      if (end > at && Masks.maskEnd(text, at) < 0 && isValue(name, text.substring(at, end))) {
        String value = text.substring(at, end);
        at = end;
        safe.append(masks.suspect(name, value));
        forget();
      }
    }

    private void word() {
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (text.startsWith("://", at)) {
        url(start);
        return;
      }
      int end = at;
      while (end > start + 1 && ".!".indexOf(text.charAt(end - 1)) >= 0) {
        end--;
      }
      at = end;
      String word = text.substring(start, end);
      if (!name.isEmpty() && isValue(name, word)) {
        safe.append(masks.suspect(name, word));
        forget();
      } else if (scheme && isCredential(word)) {
        safe.append(masks.suspect("", word));
        forget();
      } else {
        safe.append(judged(word));
        String lower = word.toLowerCase(Locale.ROOT);
        scheme = TellingWords.SCHEMES.contains(lower);
        name = UrlRedaction.isName(word) && SecretNames.isSecret(lower) ? lower : "";
      }
    }

    private void url(int start) {
      while (at < text.length() && isUrl(text.charAt(at))) {
        int mask = text.charAt(at) == '[' ? Masks.maskEnd(text, at) : -1;
        at = mask > 0 ? mask : at + 1;
      }
      int end = at;
      while (end > start && ".,;:!?)".indexOf(text.charAt(end - 1)) >= 0) {
        end--;
      }
      at = end;
      safe.append(urls.redact(text.substring(start, end)));
      forget();
    }

    /** A parameter of a challenge has a name of its own. */
    private boolean isCredential(String word) {
      boolean named = at < text.length() && text.charAt(at) == '=' && at + 1 < text.length();
      boolean padding = named && " =,;\"\n".indexOf(text.charAt(at + 1)) >= 0;
      return word.length() >= SHORTEST_SECRET * 2
          && !Vocabulary.has(word)
          && (!named || padding && text.charAt(at + 1) != '"');
    }
  }

  /** A word, or a path of words; base64 may have slashes as well. */
  private String judged(String word) {
    String whole = piece(word);
    if (word.indexOf('/') < 0 || !whole.equals(word)) {
      return whole;
    }
    StringBuilder path = new StringBuilder(word.length());
    int start = 0;
    for (int slash = word.indexOf('/'); slash >= 0; slash = word.indexOf('/', start)) {
      path.append(piece(word.substring(start, slash))).append('/');
      start = slash + 1;
    }
    return path.append(piece(word.substring(start))).toString();
  }

  private String piece(String word) {
    if (word.length() < SHORTEST_SHAPED || masks.isIdentifier(word)) {
      return word;
    }
    boolean key = word.length() >= SHORTEST_KEY && RandomText.isLikely(word);
    if (!key && !isShaped(word)) {
      return word;
    }
    return Vocabulary.has(word) ? word : masks.key(word);
  }

  private static boolean isShaped(String word) {
    for (String shape : TellingWords.SHAPES) {
      if (word.startsWith(shape)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is a value of that name rather than the next word of a sentence. */
  private static boolean isValue(String name, String value) {
    if (value.length() < SHORTEST_SECRET || Vocabulary.has(value)) {
      return false;
    }
    if (!TellingWords.WEAK.contains(name)) {
      return true;
    }
    if (name.equals("code") && value.length() <= LONGEST_STATUS && isNumber(value)) {
      return false; // "error code: 1010": what a gateway has to say.
    }
    boolean digit = false;
    for (int i = 0; i < value.length(); i++) {
      digit |= Character.isDigit(value.charAt(i));
    }
    return (digit || value.length() >= LONG) && value.indexOf(' ') < 0;
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "-_.~+/%".indexOf(c) >= 0;
  }

  private static boolean isUrl(char c) {
    return c > ' ' && "\"'<>`{}|\\^".indexOf(c) < 0;
  }
}
