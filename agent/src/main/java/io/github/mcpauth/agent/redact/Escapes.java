package io.github.mcpauth.agent.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one layer of escapes: of URLs and forms, of JSON and other languages, of HTML. What was
 * escaped again in the same way, as JSON in a string in a string is, counts as one layer.
 */
final class Escapes {

  private static final String[][] ENTITIES = {
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
    {"colon", ":"},
    {"equals", "="},
    {"period", "."},
    {"lowbar", "_"},
    {"hyphen", "-"},
    {"dash", "-"},
    {"sol", "/"},
    {"plus", "+"},
    {"comma", ","},
    {"semi", ";"},
    {"commat", "@"},
    {"num", "#"},
    {"percnt", "%"},
    {"bsol", "\\"},
    {"excl", "!"},
    {"quest", "?"},
    {"ast", "*"},
    {"dollar", "$"},
    {"grave", "`"},
    {"lpar", "("},
    {"rpar", ")"},
    {"lsqb", "["},
    {"rsqb", "]"},
    {"lcub", "{"},
    {"rcub", "}"},
    {"vert", "|"},
    {"tilde", "~"},
    {"amp", "&"}
  };

  private static final int MOST_DIGITS = 8;
  private static final int MOST_ZEROS = 16;

  private final UnescapedText text;
  private final UnescapedText plain;
  private final int length;

  private Escapes(UnescapedText text) {
    this.text = text;
    this.length = text.length();
    this.plain = new UnescapedText(length);
  }

  /** One layer less, or null where there is no escape. */
  static @Nullable UnescapedText resolved(UnescapedText text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '\\' || c == '&') {
        return new Escapes(text).walk();
      }
    }
    return null;
  }

  private @Nullable UnescapedText walk() {
    boolean changed = false;
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      int next = c == '%' ? percent(i) : i;
      next = c == '\\' ? backslash(i) : next;
      next = c == '&' ? entity(i) : next;
      if (next == i) {
        plain.add(c, text, i, i + 1);
        next++;
      } else {
        changed = true;
      }
      i = next;
    }
    return changed ? plain : null;
  }

  /** Percent-encoded octets in a row (RFC 3986 §2.1), as UTF-8, or {@code %u004b}. */
  private int percent(int from) {
    byte[] octets = new byte[0];
    int at = from;
    while (at < length && text.charAt(at) == '%' && octets.length < 4) {
      int digits = afterRepeats(at);
      if (octets.length == 0 && is(digits, 'u', 'U') && value(digits + 1, 4, 16) >= 0) {
        return put(value(digits + 1, 4, 16), from, digits + 5);
      }
      int octet = value(digits, 2, 16);
      if (octet < 0 || octet < 0x80 && octets.length > 0) {
        break;
      }
      if (octet < 0x80) {
        return put(octet, from, digits + 2);
      }
      octets = Arrays.copyOf(octets, octets.length + 1);
      octets[octets.length - 1] = (byte) octet;
      at = digits + 2;
    }
    String decoded = new String(octets, StandardCharsets.UTF_8);
    for (int i = 0; i < decoded.length(); i++) {
      plain.add(decoded.charAt(i), text, from, at);
    }
    return octets.length == 0 ? from : at;
  }

  /** Behind a percent sign and what it was encoded to again: {@code %2525}. */
  private int afterRepeats(int percent) {
    int at = percent + 1;
    while (is(at, '2', '2')
        && is(at + 1, '5', '5')
        && at + 3 < length
        && hex(at + 2)
        && hex(at + 3)) {
      at += 2;
    }
    return at;
  }

  /** Escapes of JSON (RFC 8259 §7) and of other languages, behind any number of backslashes. */
  private int backslash(int from) {
    int at = from;
    while (at < length && text.charAt(at) == '\\') {
      at++;
    }
    if (at == length) {
      return at - from > 1 ? put('\\', from, at) : from;
    }
    char c = text.charAt(at);
    if (c == 'u') {
      int us = at;
      while (is(us, 'u', 'u') && us - at < MOST_DIGITS) {
        us++;
      }
      if (is(us, '{', '{')) {
        int end = digitsEnd(us + 1, 16);
        boolean closed = end > us + 1 && is(end, '}', '}');
        return closed ? put(value(us + 1, end - us - 1, 16), from, end + 1) : from;
      }
      int code = value(us, 4, 16);
      return code >= 0 ? put(code, from, us + 4) : from;
    }
    if (c == 'x') {
      int code = value(at + 1, 2, 16);
      return code >= 0 ? put(code, from, at + 3) : from;
    }
    int octal = value(at, 3, 8);
    if (octal >= 0) {
      return put(octal, from, at + 3);
    }
    int control = "nrtbf".indexOf(c);
    if (control >= 0) {
      return put("\n\r\t\b\f".charAt(control), from, at + 1);
    }
    if (c == '"' || c == '/' || c == '\'') {
      return put(c, from, at + 1);
    }
    return at - from > 1 ? put('\\', from, at) : from;
  }

  /** HTML's character references: by number, and by the names of what is not a letter. */
  private int entity(int from) {
    int at = from + 1;
    while (startsWith(text, at, "amp;")) {
      at += 4;
    }
    if (is(at, '#', '#')) {
      boolean isHex = is(at + 1, 'x', 'X');
      int base = isHex ? 16 : 10;
      int first = at + (isHex ? 2 : 1);
      int zeros = first;
      while (is(zeros, '0', '0') && zeros - first < MOST_ZEROS) {
        zeros++;
      }
      int end = digitsEnd(zeros, base);
      int code = end > zeros ? value(zeros, end - zeros, base) : -1;
      if (code > 0 && code <= Character.MAX_VALUE) {
        return put(code, from, is(end, ';', ';') ? end + 1 : end);
      }
    } else {
      for (String[] entity : ENTITIES) {
        if (startsWith(text, at, entity[0]) && is(at + entity[0].length(), ';', ';')) {
          return put(entity[1].charAt(0), from, at + entity[0].length() + 1);
        }
      }
    }
    return at > from + 1 ? put('&', from, at) : from;
  }

  private int put(int code, int from, int to) {
    plain.add((char) code, text, from, to);
    return to;
  }

  private boolean is(int index, char one, char other) {
    return index < length && (text.charAt(index) == one || text.charAt(index) == other);
  }

  private boolean hex(int index) {
    return digit(index, 16) >= 0;
  }

  private int digit(int index, int base) {
    boolean ascii = index < length && text.charAt(index) < 128;
    return ascii ? Character.digit(text.charAt(index), base) : -1;
  }

  private int digitsEnd(int from, int base) {
    int end = from;
    while (end - from < MOST_DIGITS && digit(end, base) >= 0) {
      end++;
    }
    return end;
  }

  /** The number of so many digits that begins there, or -1; no character has a larger one. */
  private int value(int from, int digits, int base) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = digit(i, base);
      if (digit < 0 || value > Character.MAX_VALUE) {
        return -1;
      }
      value = value * base + digit;
    }
    return value > Character.MAX_VALUE ? -1 : value;
  }

  static boolean startsWith(CharSequence text, int from, String prefix) {
    if (from + prefix.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (text.charAt(from + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
