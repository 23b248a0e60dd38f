package io.github.mcpauth.it.equal;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A block of header fields as HPACK (RFC 7541) has it, representation by representation and without
 * decoding any text. Of the names that the static table has several times the JDK takes one or
 * another, which differs from process to process: here they are one.
 */
final class HeaderBlock {

  private static final int FIRST_STATUS = 8;
  private static final int LAST_STATUS = 14;

  private final byte[] bytes;
  private final StringBuilder text = new StringBuilder();
  private int position;

  private HeaderBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  static String stable(byte[] bytes) {
    HeaderBlock block = new HeaderBlock(bytes);
    while (block.position < bytes.length) {
      block.representation();
    }
    return block.text.toString();
  }

  private void representation() {
    int first = bytes[position] & 0xff;
    if (first >= 0x80) {
      text.append(" indexed ").append(number(7));
    } else if (first >= 0x40) {
      literal(" kept ", 6);
    } else if (first >= 0x20) {
      text.append(" size ").append(number(5));
    } else {
      literal(first >= 0x10 ? " never kept " : " literal ", 4);
    }
  }

  private void literal(String kind, int prefix) {
    int name = number(prefix);
    text.append(kind).append(name == 0 ? string() : String.valueOf(ofEqualNames(name)));
    text.append('=').append(string());
  }

  /** {@code :method}, {@code :path}, {@code :scheme} and {@code :status}: appendix A. */
  private static int ofEqualNames(int name) {
    if (name >= 2 && name < FIRST_STATUS) {
      return name & ~1;
    }
    return name > FIRST_STATUS && name <= LAST_STATUS ? FIRST_STATUS : name;
  }

  /** §5.1. */
  private int number(int prefix) {
    int most = (1 << prefix) - 1;
    int number = bytes[position++] & most;
    if (number == most) {
      for (int shift = 0, next = 0x80; next >= 0x80; shift += 7) {
        next = bytes[position++] & 0xff;
        number += (next & 0x7f) << shift;
      }
    }
    return number;
  }

  /** §5.2; whether it is Huffman-coded, and its bytes. */
  private String string() {
    boolean huffman = bytes[position] < 0;
    int length = number(7);
    position += length;
    return (huffman ? "h" : "r")
        + HexFormat.of().formatHex(Arrays.copyOfRange(bytes, position - length, position));
  }
}
