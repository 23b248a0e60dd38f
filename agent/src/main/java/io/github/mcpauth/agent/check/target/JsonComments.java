package io.github.mcpauth.agent.check.target;

import java.io.ByteArrayOutputStream;

/** Leaves out the comments that some hosts allow in their JSON, and commas before an end. */
final class JsonComments {

  static byte[] without(byte[] text) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length);
    boolean quoted = false;
    int comma = -1;
    for (int i = 0; i < text.length; i++) {
      byte c = text[i];
      if (quoted) {
        quoted = c != '"';
        if (c == '\\' && i + 1 < text.length) {
          plain.write(c);
          c = text[++i];
          quoted = true;
        }
        plain.write(c);
      } else if (c == '/' && i + 1 < text.length && (text[i + 1] == '/' || text[i + 1] == '*')) {
        i = end(text, i);
      } else {
        quoted = c == '"';
        if (c == ',') {
          comma = plain.size();
        } else if ((c == '}' || c == ']') && comma >= 0) {
          byte[] before = plain.toByteArray();
          before[comma] = ' ';
          plain.reset();
          plain.writeBytes(before);
        }
        comma = c == ',' || c <= ' ' ? comma : -1;
        plain.write(c);
      }
    }
    return plain.toByteArray();
  }

  /** The last byte of the comment that begins there. */
  private static int end(byte[] text, int start) {
    boolean line = text[start + 1] == '/';
    for (int i = start + 2; i < text.length; i++) {
      if (line ? text[i] == '\n' : text[i] == '/' && text[i - 1] == '*' && i > start + 2) {
        return line ? i - 1 : i;
      }
    }
    return text.length - 1;
  }

  private JsonComments() {}
}
