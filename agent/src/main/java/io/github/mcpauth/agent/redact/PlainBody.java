package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Turns a body that an application unpacks itself, with gzip (RFC 1952) or in UTF-16, into what it
 * says in UTF-8, so that it teaches its secrets all the same. By how it begins, whatever its head
 * says of it; any other one is as it is.
 */
final class PlainBody {

  private static final int MOST = 64 * 1024;

  static Body of(Body body) {
    byte[] bytes = body.bytes();
    if (bytes.length < 4) {
      return body;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (first == 0x1f && second == 0x8b) {
      return Body.of(unpacked(bytes));
    }
    if (first == 0xfe && second == 0xff || first == 0 && second != 0) {
      return recoded(bytes, StandardCharsets.UTF_16BE);
    }
    if (first == 0xff && second == 0xfe || first != 0 && second == 0) {
      return recoded(bytes, StandardCharsets.UTF_16LE);
    }
    return body;
  }

  /** As much as there is and is kept, also of a body that was cut short. */
  private static byte[] unpacked(byte[] packed) {
    byte[] plain = new byte[MOST];
    int length = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      for (int read = 0; read >= 0 && length < MOST; length += Math.max(0, read)) {
        read = in.read(plain, length, MOST - length);
      }
    } catch (IOException e) {
      // It ends here.
    }
    return Arrays.copyOf(plain, length);
  }

  private static Body recoded(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return Body.of(unmarked.getBytes(StandardCharsets.UTF_8));
  }

  private PlainBody() {}
}
