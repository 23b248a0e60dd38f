package io.github.mcpauth.agent.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads text that is spelled out in the numbers of its characters: {@code 4b6437}, {@code
 * 4b:64:37}, {@code [75, 100, 55]}, {@code 113 144 067}, {@code U+004B U+0064}.
 */
final class Spelled {

  private static final int[] BASES = {16, 10, 8};
  private static final int FEWEST = 8;
  private static final int MOST_BETWEEN = 4;
  private static final int LOWEST = 0x20;
  private static final int HIGHEST = 0x7e;

  private final UnescapedText text;
  private final int base;
  private final int shift;
  private final UnescapedText read;
  private boolean found;

  private Spelled(UnescapedText text, int base, int shift) {
    this.text = text;
    this.base = base;
    this.shift = shift;
    this.read = new UnescapedText(text.length());
  }

  /** The readings in which its numbers are characters; none where there are no such numbers. */
  static List<UnescapedText> in(UnescapedText text) {
    if (!hasNumbers(text)) {
      return List.of();
    }
    List<UnescapedText> readings = new ArrayList<>(0);
    for (int base : BASES) {
      for (int shift = 0; shift < (base == 16 ? 2 : 1); shift++) {
        Spelled spelled = new Spelled(text, base, shift);
        spelled.walk();
        if (spelled.found) {
          readings.add(spelled.read);
        }
      }
    }
    return readings;
  }

  /** Whether there is a long run of hex digits, or numbers follow each other. */
  private static boolean hasNumbers(UnescapedText text) {
    int numbers = 0;
    int digits = 0;
    boolean word = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      boolean digit = c < 128 && Character.digit(c, 16) >= 0;
      if (digit) {
        digits++;
        if (digits >= 2 * FEWEST) {
          return true;
        }
      } else if (Character.isLetter(c)) {
        word |= !(c == 'x' || c == 'u' || c == 'U');
        digits = 0;
      } else {
        numbers = word ? 0 : digits > 1 ? numbers + 1 : numbers;
        if (numbers >= FEWEST) {
          return true;
        }
        digits = 0;
        word = false;
      }
    }
    return false;
  }

  private void walk() {
    int at = 0;
    while (at < text.length()) {
      int end = digit(text, at, base) < 0 ? at : run(at);
      if (end > at) {
        found = true;
        at = end;
      } else {
        at = skipped(at);
      }
    }
  }

  /** A word that is no run of numbers is kept as it is. */
  private int skipped(int from) {
    int at = from;
    do {
      read.add(text.charAt(at), text, at, at + 1);
      at++;
    } while (at < text.length() && digit(text, at - 1, base) >= 0 && digit(text, at, base) >= 0);
    return at;
  }

  /** The end of a run of numbers, which is read; the index where none begins. */
  private int run(int from) {
    int digitsEnd = from;
    while (digit(text, digitsEnd, base) >= 0) {
      digitsEnd++;
    }
    return base == 16 && digitsEnd - from >= 2 * FEWEST ? pairs(from, digitsEnd) : divided(from);
  }

  private int pairs(int from, int end) {
    for (int i = from + shift; i + 1 < end; i += 2) {
      int code = digit(text, i, 16) << 4 | digit(text, i + 1, 16);
      read.add(code < LOWEST || code > HIGHEST ? '\0' : (char) code, text, i, i + 2);
    }
    return end;
  }

  private int divided(int from) {
    int[] starts = new int[16];
    int count = 0;
    int at = from;
    int end = from;
    while (at < text.length()) {
      int digits = at;
      int code = 0;
      while (digits - at < 6 && digit(text, digits, base) >= 0) {
        code = code * base + digit(text, digits, base);
        digits++;
      }
      boolean character = digits - at >= 2 && code >= LOWEST && code <= HIGHEST;
      if (!character || digit(text, digits, base) >= 0) {
        break;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at;
      end = digits;
      at = next(digits);
      if (at < 0) {
        break;
      }
    }
    if (count < FEWEST) {
      return from;
    }
    for (int i = 0; i < count; i++) {
      int stop = i + 1 < count ? starts[i + 1] : end;
      int code = 0;
      for (int d = starts[i]; digit(text, d, base) >= 0; d++) {
        code = code * base + digit(text, d, base);
      }
      read.add((char) code, text, starts[i], stop);
    }
    return end;
  }

  /** Where the next number may begin: behind what divides them, and its mark. */
  private int next(int from) {
    int at = from;
    while (at < text.length()
        && at - from < MOST_BETWEEN
        && !Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      return -1;
    }
    char mark = at < text.length() ? text.charAt(at) : 0;
    if (at + 1 < text.length() && mark == '0' && (text.charAt(at + 1) | 0x20) == 'x') {
      return at + 2;
    }
    if (at + 1 < text.length() && mark == 'U' && text.charAt(at + 1) == '+') {
      return at + 2;
    }
    return at;
  }

  private static int digit(UnescapedText text, int index, int base) {
    boolean ascii = index < text.length() && text.charAt(index) < 128;
    return ascii ? Character.digit(text.charAt(index), base) : -1;
  }
}
