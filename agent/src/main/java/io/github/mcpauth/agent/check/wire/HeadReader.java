package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a response's head (RFC 9112 §4, §5), of bounded size; interim ones (1xx) are left out. */
final class HeadReader {

  private static final int LONGEST = 256 * 1024;
  private static final int MOST_INTERIM = 10;
  private static final Pattern STATUS =
      Pattern.compile("(HTTP/\\d(?:\\.\\d)?) (\\d{3})(?: .*)?", Pattern.DOTALL);

  private final InputStream in;
  private int left = LONGEST;

  HeadReader(InputStream in) {
    this.in = in;
  }

  ResponseHead read() throws IOException {
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      ResponseHead head = one();
      boolean last = head.status() >= 200 || head.status() == 101;
      if (last) {
        return head;
      }
    }
    throw new IOException("the response has no end of interim heads");
  }

  private ResponseHead one() throws IOException {
    String first = line();
    Matcher status = STATUS.matcher(first);
    if (!status.matches()) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    List<Header> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (colon > 0 && !folded) {
        fields.add(new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      }
    }
    return new ResponseHead(Integer.parseInt(status.group(2)), Headers.of(fields), status.group(1));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException(
            left == LONGEST
                ? "unexpected end of stream: the connection was closed without an answer"
                : "unexpected end of stream: the response's head is cut");
      }
      if (--left <= 0) {
        throw new IOException("the response's head is larger than " + LONGEST / 1024 + " KiB");
      }
      if (c == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(c);
    }
  }
}
