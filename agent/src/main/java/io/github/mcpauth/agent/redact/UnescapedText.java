package io.github.mcpauth.agent.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as it reads once its escapes are resolved, with the place in the text that each character
 * came from: {@code %2F}, {@code \/}, {@code \}{@code u002f} and {@code &#47;} all read as a slash.
 */
final class UnescapedText implements CharSequence {

  /** So deep may different escapes be in each other: a form in a JSON string in HTML. */
  private static final int MOST_LAYERS = 6;

  private char[] chars;
  private int[] starts;
  private int[] ends;
  private int length;

  UnescapedText(int size) {
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
      UnescapedText next = Escapes.resolved(layer);
      if (next == null) {
        break;
      }
      layers.add(next);
      layer = next;
    }
    return layers;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return new String(chars, from, to - from);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  /** Where the character begins in the text. */
  int start(int index) {
    return starts[index];
  }

  /** Where the character ends in the text. */
  int end(int index) {
    return ends[index];
  }

  /** Adds a character that came from there. */
  void add(char c, int start, int end) {
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

  /** Adds what characters of another reading, from one to before another, stand for. */
  void add(char c, UnescapedText other, int from, int to) {
    add(c, other.starts[from], other.ends[to - 1]);
  }
}
