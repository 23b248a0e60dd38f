package io.github.mcpauth.it.equal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an HTTP/2 connection (RFC 9113), as much of it as a test needs: header
 * blocks are never decoded, so that another encoding is another request.
 */
final class Http2Connection {

  /** Answers an offer to upgrade: RFC 7540 §3.2. */
  static final byte[] SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int MOST_IN_A_FRAME = 16_384;
  private static final int REFUSED = 7;
  private static final int CANCEL = 8;

  /** Says what to answer to a request. */
  interface Replies {
    Reply to(String head, String body);
  }

  private static final class Stream {
    final ByteArrayOutputStream head = new ByteArrayOutputStream();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean ended;
  }

  private final DataInputStream in;
  private final OutputStream out;
  private final Replies replies;
  private final Map<Integer, Stream> streams = new HashMap<>();

  Http2Connection(InputStream in, OutputStream out, Replies replies) {
    this.in = new DataInputStream(in);
    this.out = out;
    this.replies = replies;
  }

  /**
   * Serves to the connection's end.
   *
   * @param first the answer on stream 1 after an upgrade, else null
   */
  void serve(@Nullable Reply first) throws IOException, InterruptedException {
    frame(SETTINGS, 0, 0, new byte[0]);
    if (first != null) {
      answer(1, first);
    }
    for (int length = in.read(); length >= 0; length = in.read()) {
      length = length << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int id = in.readInt();
      take(type, flags, id, in.readNBytes(length));
    }
  }

  private void take(int type, int flags, int id, byte[] payload)
      throws IOException, InterruptedException {
    switch (type) {
      case SETTINGS -> {
        if (flags != ACK) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        }
      }
      case PING -> {
        if (flags != ACK) {
          frame(PING, ACK, 0, payload);
        }
      }
      case HEADERS, CONTINUATION -> {
        stream(id).head.writeBytes(payload);
        ends(id, flags, type == HEADERS);
      }
      case DATA -> {
        stream(id).body.writeBytes(payload);
        if (payload.length > 0) {
          frame(WINDOW_UPDATE, 0, 0, number(payload.length));
        }
        ends(id, flags | END_HEADERS, true);
      }
      case GOAWAY -> {}
      default -> {}
    }
  }

  private Stream stream(int id) {
    return streams.computeIfAbsent(id, key -> new Stream());
  }

  private void ends(int id, int flags, boolean mayEnd) throws IOException, InterruptedException {
    Stream stream = stream(id);
    stream.ended |= mayEnd && (flags & END_STREAM) != 0;
    if (stream.ended && (flags & END_HEADERS) != 0) {
      CRC32 sum = new CRC32();
      sum.update(stream.body.toByteArray());
      String head = HeaderBlock.stable(stream.head.toByteArray());
      Reply reply = replies.to(head, stream.body.size() + " " + Long.toHexString(sum.getValue()));
      streams.remove(id);
      answer(id, reply);
    }
  }

  private void answer(int id, Reply reply) throws IOException, InterruptedException {
    if (reply.fault() == Reply.Fault.HANGS || breaksOff(id, reply.fault())) {
      return;
    }
    Thread.sleep(reply.delay());
    byte[] body = reply.mayHaveBody() ? reply.body() : new byte[0];
    boolean resets = reply.fault() == Reply.Fault.STREAM_RESET_WITHIN;
    boolean hangs = reply.fault() == Reply.Fault.HANGS_WITHIN || resets;
    frame(HEADERS, END_HEADERS | (body.length == 0 && !hangs ? END_STREAM : 0), id, head(reply));
    int length = Math.min(hangs ? body.length / 2 : body.length, 60_000); // The client's window.
    for (int i = 0; i < length; i += MOST_IN_A_FRAME) {
      byte[] part = new byte[Math.min(MOST_IN_A_FRAME, length - i)];
      System.arraycopy(body, i, part, 0, part.length);
      frame(DATA, i + part.length == length && !hangs ? END_STREAM : 0, id, part);
    }
    if (resets) {
      frame(RST_STREAM, 0, id, number(CANCEL));
    }
  }

  /** Whether a request is not answered at all, but this way. */
  private boolean breaksOff(int id, Reply.Fault fault) throws IOException {
    switch (fault) {
      case REFUSED_STREAM -> frame(RST_STREAM, 0, id, number(REFUSED));
      case STREAM_RESET -> frame(RST_STREAM, 0, id, number(CANCEL));
      case GOAWAY_WITHOUT, GOAWAY_AFTER -> {
        ByteArrayOutputStream last = new ByteArrayOutputStream();
        last.writeBytes(number(fault == Reply.Fault.GOAWAY_AFTER ? id : id - 2));
        last.writeBytes(number(0)); // NO_ERROR
        frame(GOAWAY, 0, 0, last.toByteArray());
        if (fault == Reply.Fault.GOAWAY_AFTER) {
          frame(RST_STREAM, 0, id, number(CANCEL));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Literals without an index: RFC 7541 §6.2.2. */
  private static byte[] head(Reply reply) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(8); // The eighth of the static table is ":status".
    text(block, String.valueOf(reply.status()));
    for (String line : reply.headers()) {
      int colon = line.indexOf(':');
      block.write(0);
      text(block, line.substring(0, colon).toLowerCase(Locale.ROOT));
      text(block, line.substring(colon + 1).strip());
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= 127) {
      throw new IllegalArgumentException("longer than these tests need: " + text);
    }
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  private static byte[] number(int n) {
    return new byte[] {(byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n};
  }

  private void frame(int type, int flags, int id, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(number(payload.length), 1, 3);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(number(id));
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }
}
