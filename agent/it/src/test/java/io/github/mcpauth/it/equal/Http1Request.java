package io.github.mcpauth.it.equal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as it came: head and body with the framing that the client chose. */
final class Http1Request {

  private static final Pattern SEED = Pattern.compile("/s(\\d+)/");
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final InputStream in;
  private String head = "";

  private Http1Request(InputStream in) {
    this.in = in;
  }

  /** The next one of a connection; null where none comes, or not all of it. */
  static @Nullable Http1Request read(InputStream in) throws IOException {
    Http1Request request = new Http1Request(in);
    for (int last = 0; last != 0x0d0a0d0a; ) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      request.all.write(next);
      last = last << 8 | next;
    }
    request.head = request.bytes();
    request.body();
    return request;
  }

  private void body() throws IOException {
    String fields = head.toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(fields);
    if (length.find()) {
      all.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
    } else if (fields.contains("\r\ntransfer-encoding: chunked\r\n")) {
      int size = chunk();
      while (size > 0) {
        all.writeBytes(in.readNBytes(size + 2));
        size = chunk();
      }
      all.writeBytes(in.readNBytes(2));
    }
  }

  private int chunk() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      all.write(next);
      if (next == '\n') {
        return Integer.parseInt(line.toString().strip(), 16);
      }
      line.append((char) next);
    }
    return 0; // Broken off.
  }

  String line() {
    return head.substring(0, head.indexOf('\r'));
  }

  boolean offersUpgrade() {
    return head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: h2c\r\n");
  }

  /** Which generated call it belongs to; 0 where none. */
  int seed() {
    Matcher seed = SEED.matcher(line());
    return seed.find() ? Integer.parseInt(seed.group(1)) : 0;
  }

  /** All of it, one character a byte. */
  String bytes() {
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
