package io.github.mcpauth.agent.redact;

/**
 * What stands between a name and its value: {@code =}, {@code ": "}, {@code => '}, {@code >}, a
 * tab, a line break and a hyphen. None of it is a letter or a digit, and it is short.
 */
final class Joiner {

  private static final int LONGEST = 40;
  private static final int LONGEST_USERINFO = 128;
  private static final int MOST_SPACES = 4;
  private static final String CDATA = "<![CDATA[";

  private final CharSequence text;
  private int end;
  private boolean assigned;
  private boolean opened;
  private char quote;

  Joiner(CharSequence text) {
    this.text = text;
  }

  /** Reads what is behind a name; false where that has no value. */
  boolean read(int from) {
    assigned = false;
    opened = false;
    quote = 0;
    int spaces = 0;
    int lines = 0;
    int at = from;
    while (at < text.length() && at - from < LONGEST) {
      char c = text.charAt(at);
      char before = at > from ? text.charAt(at - 1) : 0;
      if (c == '[' && Masks.maskEnd(text, at) > 0) {
        return false;
      } else if (c == '=' || c == ':' || c == '：' || c == '＝') {
        assigned = true;
        quote = 0;
        spaces = 0;
      } else if (c == '>' && (before == '-' || before == '=')) {
        assigned = true;
      } else if (c == '\n') {
        lines++;
        spaces = -LONGEST; // However deep the next line is indented.
      } else if (isQuote(c)) {
        if (assigned && quote == c && before == c) {
          return false; // Empty.
        }
        quote = c;
      } else if (c == '[' || c == '{' || c == '(' || c == '<') {
        opened |= c != '(';
      } else if (c == ']'
          || c == '}'
          || c == ')'
          || c == ','
          || c == '|' && assigned && !isBlock(at)) {
        if (assigned) {
          return false;
        }
      } else if (isSpace(c)) {
        spaces++;
      } else if (c == '-' && assigned && lines == 0 && !isBlock(at - 1)) {
        break;
      } else if (";&?".indexOf(c) >= 0 || c == '>' && !assigned) {
        return false;
      } else if ("\\|-!`>".indexOf(c) < 0
          && !(c == '/' && !assigned)
          && !(before != 0 && isOfBytes(at))) {
        break;
      }
      if (spaces > MOST_SPACES || lines > 1) {
        return false;
      }
      at++;
    }
    opened |= lines > 0;
    end = at;
    char last = at > from ? text.charAt(at - 1) : 0;
    quote = isQuote(last) ? last : 0;
    return at > from && at < text.length() && at - from < LONGEST;
  }

  /** What stands before a quote where Python prints bytes, as it has the fields of a head. */
  private boolean isOfBytes(int at) {
    return text.charAt(at) == 'b' && at + 1 < text.length() && isQuote(text.charAt(at + 1));
  }

  /** A block of YAML: {@code |}, {@code >-}. */
  private boolean isBlock(int at) {
    for (int i = at + 1; i < Math.min(text.length(), at + 4); i++) {
      if (text.charAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  int end() {
    return end;
  }

  /** Whether there is a sign in it that gives a name its value. */
  boolean isAssigned() {
    return assigned;
  }

  /** Whether anything but spaces is in it: {@code field 'x'}, {@code rejected value [x]}. */
  boolean isMarked() {
    return assigned || quote != 0 || closing() != ' ';
  }

  boolean isQuoted() {
    return quote != 0;
  }

  char quote() {
    return quote;
  }

  /** Whether a bracket or a line was opened, so that a structure may begin. */
  boolean isOpened() {
    return opened;
  }

  /** The bracket that closes what was opened right before the value, or a space. */
  char closing() {
    char last = end > 0 ? text.charAt(end - 1) : 0;
    return last == '<' ? '>' : last == '[' ? ']' : last == '(' ? ')' : ' ';
  }

  /** Whether the word that ends there is a name itself. */
  boolean isName(int wordEnd) {
    int at = wordEnd;
    while (at < text.length() && (isQuote(text.charAt(at)) || text.charAt(at) == '\\')) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=');
  }

  /** Whether a name has its line to itself, but for what introduces one. */
  boolean startsLine(int start) {
    for (int i = start - 1; i >= Math.max(0, start - LONGEST); i--) {
      char c = text.charAt(i);
      if (c == '\n') {
        return true;
      }
      if (c != ' ' && c != '\t' && c != '-' && c != '"' && c != '\'') {
        return false;
      }
    }
    return start <= LONGEST;
  }

  static int nameEnd(CharSequence text, int from) {
    int end = from;
    while (end < text.length() && isName(text.charAt(end))) {
      end++;
    }
    while (end > from && ".-".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || isInvisible(c);
  }

  static boolean isInvisible(char c) {
    return c >= 0x200B && c <= 0x200F || c == 0xAD || c == 0xFEFF || c == 0x2060;
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || c == 0xA0 || c == '+' || isInvisible(c); // A form has a plus for a space.
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`' || c == '“' || c == '‘' || c == '«' || c == '»';
  }

  static boolean isBlankLine(CharSequence text, int newline) {
    int next = newline + 1;
    if (next < text.length() && text.charAt(next) == '\r') {
      next++;
    }
    return next < text.length() && text.charAt(next) == '\n';
  }

  /** The end of {@code u:secret@host} from its colon on, without the host; or -1. */
  static int userinfoEnd(CharSequence text, int colon) {
    for (int i = colon + 1; i < text.length() && i - colon < LONGEST_USERINFO; i++) {
      char c = text.charAt(i);
      if (c == '@' && i > colon + 1) {
        boolean host = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
        return host ? i : -1;
      }
      if (c <= ' ' || isQuote(c) || "/<>()[]{},;".indexOf(c) >= 0) {
        return -1;
      }
    }
    return -1;
  }
}
