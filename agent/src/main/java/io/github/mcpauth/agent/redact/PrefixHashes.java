package io.github.mcpauth.agent.redact;

/**
 * Hashes of any part of a text in constant time: of polynomials with a base that nobody knows. Case
 * does not count, and of the two alphabets of base64 (RFC 4648 §4 and §5) and the encodings of a
 * space in a form one stands for the other.
 */
final class PrefixHashes {

  /** What hashes of one process have in common. */
  static final class Base {

    private final long base;

    /**
     * @param random any number
     */
    Base(long random) {
      base = random | 1;
    }

    /** The power that {@link PrefixHashes#hash} needs for parts of a length. */
    long power(int length) {
      long power = 1;
      long square = base;
      for (int n = length; n > 0; n >>= 1) {
        power = (n & 1) == 1 ? power * square : power;
        square *= square;
      }
      return power;
    }

    PrefixHashes of(CharSequence text) {
      long[] sums = new long[text.length() + 1];
      for (int i = 0; i < text.length(); i++) {
        sums[i + 1] = sums[i] * base + canonical(text.charAt(i)) + 1;
      }
      return new PrefixHashes(sums);
    }
  }

  /** The letters of ASCII in the width of Chinese ones. */
  private static final char FIRST_WIDE = 0xFF01;

  private static final char LAST_WIDE = 0xFF5E;

  private final long[] sums;

  private PrefixHashes(long[] sums) {
    this.sums = sums;
  }

  /**
   * The hash of the part of that length from an index on.
   *
   * @param power of the length, see {@link Base#power}
   */
  long hash(int from, int length, long power) {
    return sums[from + length] - sums[from] * power;
  }

  private static char canonical(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c | 0x20);
    }
    if (c >= FIRST_WIDE && c <= LAST_WIDE) {
      return canonical((char) (c - FIRST_WIDE + '!'));
    }
    return switch (c) {
      case '-', '+' -> ' ';
      case '_' -> '/';
      default -> c < 128 ? c : Character.toLowerCase(c);
    };
  }
}
