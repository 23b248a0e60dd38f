package io.github.mcpauth.agent.redact;

import java.util.List;

/**
 * Masks in free text what looks like a secret: by the name or the scheme before it, by its shape,
 * or because it looks like a key. Goes over the text and each of its readings once, from left to
 * right, so that no text takes longer than its length.
 */
final class FreeText {

  private static final int SHORTEST_SHAPED = 12;
  private static final int SHORTEST_KEY = 16;
  private static final String PEM = "-----BEGIN ";

  private final Masks masks;
  private final UrlRedaction urls;
  private final KnownTexts plain = new KnownTexts();

  FreeText(Masks masks, UrlRedaction urls) {
    this.masks = masks;
    this.urls = urls;
  }

  /** The text, which reads like that, with each such secret masked. */
  String masked(String text, List<UnescapedText> readings) {
    return new Walk(named(text, readings)).walk();
  }

  /** The text with the values masked whose names are those of secrets, however it is escaped. */
  String named(String text) {
    return named(text, UnescapedText.of(text));
  }

  private String named(String text, List<UnescapedText> readings) {
    FoundSecrets found = new FoundSecrets();
    for (UnescapedText reading : readings) {
      NamedValues.find(
          reading,
          plain,
          (name, start, end, certain) -> {
            String value = reading.subSequence(start, end).toString();
            found.add(
                reading.start(start), reading.end(end - 1), masks.named(name, value, certain));
          });
    }
    return found.masked(text);
  }

  /** One walk over a text. */
  private final class Walk {

    private final String text;
    private final StringBuilder safe;
    private int at;

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
        } else if (text.startsWith(PEM, at)) {
          pem();
        } else if (isWord(c)) {
          word();
        } else {
          copy(at + 1);
        }
      }
      return safe.toString();
    }

    private void copy(int end) {
      safe.append(text, at, end);
      at = end;
    }

    /** To its end, or to that of the text. */
    private void pem() {
      int end = text.indexOf("-----END ", at);
      int last = end < 0 ? -1 : text.indexOf("-----", end + 9);
      int stop = last < 0 ? text.length() : last + 5;
      safe.append(masks.key(text.substring(at, stop)));
      at = stop;
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
      safe.append(judged(text.substring(start, end)));
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

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "-_.~+/%".indexOf(c) >= 0;
  }

  private static boolean isUrl(char c) {
    return c > ' ' && "\"'<>`{}|\\^".indexOf(c) < 0;
  }
}
