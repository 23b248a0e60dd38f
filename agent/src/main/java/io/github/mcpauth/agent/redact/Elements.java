package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;

/**
 * Finds the content of elements of XML and HTML that are called like a secret, or that an attribute
 * or an element before gives such a name.
 */
final class Elements {

  private static final int LONGEST_NAME = 64;
  private static final String CDATA = "<![CDATA[";

  private final CharSequence text;
  private final NameBefore before;
  private final ValueShape shape;
  private final ToldValues told;

  /** The element whose content comes after this tag, if it is called like a secret. */
  private String element = "";

  private boolean inTag;
  private int open;

  Elements(CharSequence text, NameBefore before, ValueShape shape, ToldValues told) {
    this.text = text;
    this.before = before;
    this.shape = shape;
    this.told = told;
  }

  boolean inTag() {
    return inTag;
  }

  /** Reads the name of an element; returns its end, behind which are its attributes. */
  int tag(int open) {
    int start = open + 1;
    this.open = open;
    inTag = start < text.length() && Character.isLetter(text.charAt(start));
    element = "";
    if (!inTag) {
      return start;
    }
    int end = Joiner.nameEnd(text, start);
    if (end < text.length() && text.charAt(end) == ':') {
      start = end + 1; // Of a namespace.
      end = Joiner.nameEnd(text, start);
    }
    String name = end - start <= LONGEST_NAME ? text.subSequence(start, end).toString() : "";
    if (Credentials.of(name).isAtLeast(Level.AMBIGUOUS)) {
      element = name;
    } else if (before.isNear(open) && NameBefore.isOfValues(name)) {
      element = before.take();
    }
    boolean plain = end < text.length() && text.charAt(end) == '>';
    if (plain && NameBefore.isOfNames(name)) {
      before.keep(end + 1); // <name>password</name>
    }
    return end;
  }

  /** Reads what is behind a tag; returns where to go on. */
  int content(int close) {
    inTag = false;
    boolean empty = text.charAt(close - 1) == '/';
    String name = empty ? "" : element;
    if (name.isEmpty() && !empty && before.isSince(open, close)) {
      name = before.take();
    }
    element = "";
    if (name.isEmpty()) {
      return close + 1;
    }
    int start = Escapes.startsWith(text, close + 1, CDATA) ? close + 1 + CDATA.length() : close + 1;
    int end = start;
    while (end < text.length() && text.charAt(end) != '<') {
      end++;
    }
    boolean strong = Credentials.of(name).isAtLeast(Level.POSSIBLE);
    int stop = end - start >= 3 && Escapes.startsWith(text, end - 3, "]]>") ? end - 3 : end;
    shape.from(start);
    boolean is = strong ? shape.isValue(stop) : shape.isLikelyValue(name, stop);
    return is ? told.tell(name, start, stop, strong) : start;
  }
}
