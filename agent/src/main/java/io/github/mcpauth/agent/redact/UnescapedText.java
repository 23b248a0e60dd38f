package io.github.mcpauth.agent.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as it reads once its escapes are resolved, with the place in the text that each character
 * came from: {@code %2F}, {@code \/}, {@code \}{@code u002f} and {@code &#47;} all read as a slash.
 */
final class UnescapedText {

  /** So deep may escapes be in each other: a form in a JSON string in HTML. */
  private static final int MOST_LAYERS = 4;

  private static final String[][] ENTITIES = {
    {"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"apos;", "'"}
  };

  private char[] chars;
  private int[] starts;
  private int[] ends;
  private int length;

  private UnescapedText(int size) {
    chars = new char[size];
    starts = new int[size];
    ends = new int[size];
  }

  /** The text as it stands, and as it reads with one layer of escapes after the other resolved. */
  static List<UnescapedText> of(String text) {
    List<UnescapedText> layers = new ArrayList<>(1);
    UnescapedText layer = new UnescapedText(text.length());
    for (int i = 0; i < text.length(); i++) {
      layer.add(text.charAt(i), i, i + 1);
    }
    layers.add(layer);
    for (int i = 0; i < MOST_LAYERS; i++) {
      UnescapedText next = layer.unescaped();
      if (next == null) {
        break;
      }
      layers.add(next);
      layer = next;
    }
    return layers;
  }

  int length() {
    return length;
  }

  char at(int index) {
    return chars[index];
  }

  /** Where the character begins in the text. */
  int start(int index) {
    return starts[index];
  }

  /** Where the character ends in the text. */
  int end(int index) {
    return ends[index];
  }

  String text(int from, int to) {
    return new String(chars, from, to - from);
  }

  private void add(char c, int start, int end) {
    if (length == chars.length) {
      int more = Math.max(16, length * 2);
      chars = Arrays.copyOf(chars, more);
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
    }
    chars[length] = c;
    starts[length] = start;
    ends[length] = end;
    length++;
  }

  /** One layer less, or null where there is no escape. */
  private @Nullable UnescapedText unescaped() {
    UnescapedText plain = new UnescapedText(length);
    boolean changed = false;
    int i = 0;
    while (i < length) {
      char c = chars[i];
      int next = c == '%' ? octets(i, plain) : i;
      next = c == '\\' ? backslash(i, plain) : next;
      next = c == '&' ? entity(i, plain) : next;
      if (next == i) {
        plain.add(c, starts[i], ends[i]);
        next++;
      } else {
        changed = true;
      }
      i = next;
    }
    return changed ? plain : null;
  }

  /** Percent-encoded octets in a row (RFC 3986 §2.1), as UTF-8. */
  private int octets(int from, UnescapedText plain) {
    byte[] octets = new byte[0];
    int i = from;
    while (i + 2 < length && chars[i] == '%' && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
      byte octet = (byte) (hex(i + 1) << 4 | hex(i + 2));
      if (octet >= 0 && octets.length == 0) {
        plain.add((char) octet, starts[i], ends[i + 2]);
        return i + 3;
      }
      if (octet >= 0 || octets.length == 4) {
        break;
      }
      octets = Arrays.copyOf(octets, octets.length + 1);
      octets[octets.length - 1] = octet;
      i += 3;
    }
    if (octets.length > 0) {
      String text = new String(octets, StandardCharsets.UTF_8);
      for (int j = 0; j < text.length(); j++) {
        plain.add(text.charAt(j), starts[from], ends[i - 1]);
      }
    }
    return i;
  }

  /** JSON's escapes: RFC 8259 §7. */
  private int backslash(int from, UnescapedText plain) {
    if (from + 1 >= length) {
      return from;
    }
    char c = chars[from + 1];
    if (c == 'u' && from + 5 < length) {
      int code = 0;
      for (int i = from + 2; i < from + 6; i++) {
        code = hex(i) < 0 || code < 0 ? -1 : code << 4 | hex(i);
      }
      if (code >= 0) {
        plain.add((char) code, starts[from], ends[from + 5]);
        return from + 6;
      }
    }
    int control = "nrtbf".indexOf(c);
    if (control >= 0) {
      plain.add("\n\r\t\b\f".charAt(control), starts[from], ends[from + 1]);
      return from + 2;
    }
    if (c == '"' || c == '\\' || c == '/' || c == '\'') {
      plain.add(c, starts[from], ends[from + 1]);
      return from + 2;
    }
    return from;
  }

  /** HTML's character references, by number and the five by name. */
  private int entity(int from, UnescapedText plain) {
    for (String[] entity : ENTITIES) {
      if (startsWith(from + 1, entity[0])) {
        int last = from + entity[0].length();
        plain.add(entity[1].charAt(0), starts[from], ends[last]);
        return last + 1;
      }
    }
    if (from + 2 >= length || chars[from + 1] != '#') {
      return from;
    }
    boolean isHex = chars[from + 2] == 'x' || chars[from + 2] == 'X';
    int code = 0;
    int i = from + (isHex ? 3 : 2);
    int first = i;
    while (i < length && i < first + 7 && Character.digit(chars[i], isHex ? 16 : 10) >= 0) {
      code = code * (isHex ? 16 : 10) + Character.digit(chars[i], isHex ? 16 : 10);
      i++;
    }
    if (i == first || code > Character.MAX_VALUE) {
      return from;
    }
    int last = i < length && chars[i] == ';' ? i : i - 1;
    plain.add((char) code, starts[from], ends[last]);
    return last + 1;
  }

  private boolean startsWith(int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (from + i >= length || chars[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int hex(int index) {
    return chars[index] < 128 ? Character.digit(chars[index], 16) : -1;
  }
}
