package io.github.mcpauth.it.equal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body as its framing has it on the wire: RFC 9112 §7.1 where that is chunked. */
final class Chunks {

  static byte[] framed(Reply reply) {
    byte[] body = reply.body();
    if (reply.framing() != Reply.Framing.CHUNKED) {
      return body;
    }
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    int size = Math.max(1, body.length / 3);
    for (int i = 0; i < body.length; i += size) {
      int length = Math.min(size, body.length - i);
      line(framed, Integer.toHexString(length));
      framed.write(body, i, length);
      line(framed, "");
    }
    line(framed, "0");
    line(framed, "");
    return framed.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private Chunks() {}
}
