package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Letters;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Turns what follows a response's head into its body (RFC 9112 §6.3), without its framing. */
final class FramedBody {

  private static final int LONGEST_LINE = 1024;
  private static final int MOST_DIGITS = 18;
  private static final int LONGEST_TRAILER = 32 * 1024;

  private enum Framing {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  private final InputStream in;
  private final Framing framing;
  private long left;
  private boolean firstChunk = true;
  private boolean ended;

  private FramedBody(InputStream in, Framing framing, long left) {
    this.in = in;
    this.framing = framing;
    this.left = left;
  }

  /** By the rules of RFC 9112 §6.3. */
  static FramedBody of(String method, int status, Headers headers, InputStream in)
      throws IOException {
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return new FramedBody(in, Framing.NONE, 0);
    }
    String coding = headers.first("Transfer-Encoding");
    if (coding != null) {
      boolean chunked = coding.strip().toLowerCase(Locale.ROOT).endsWith("chunked");
      return new FramedBody(in, chunked ? Framing.CHUNKED : Framing.UNTIL_CLOSE, 0);
    }
    String length = headers.first("Content-Length");
    if (length == null) {
      return new FramedBody(in, Framing.UNTIL_CLOSE, 0);
    }
    String digits = length.strip();
    if (digits.length() > MOST_DIGITS || !Letters.areDigits(digits)) {
      throw new IOException("the response's Content-Length is no number: " + digits);
    }
    return new FramedBody(in, Framing.LENGTH, Long.parseLong(digits));
  }

  int read(byte[] buffer) throws IOException {
    if (ended || framing == Framing.NONE) {
      return -1;
    }
    return switch (framing) {
      case NONE -> -1;
      case UNTIL_CLOSE -> in.read(buffer);
      case LENGTH -> some(buffer);
      case CHUNKED -> chunked(buffer);
    };
  }

  private int some(byte[] buffer) throws IOException {
    if (left == 0) {
      ended = true;
      return -1;
    }
    int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
    if (read < 0) {
      throw new EOFException(
          "unexpected end of stream: " + left + " bytes of the body are missing");
    }
    left -= read;
    return read;
  }

  private int chunked(byte[] buffer) throws IOException {
    if (left == 0) {
      if (!firstChunk && !line(LONGEST_LINE).isEmpty()) {
        throw new IOException("the response's chunks are malformed");
      }
      firstChunk = false;
      left = size(line(LONGEST_LINE));
      if (left == 0) {
        skipTrailer();
        ended = true;
        return -1;
      }
    }
    return some(buffer);
  }

  private static long size(String line) throws IOException {
    int semicolon = line.indexOf(';');
    String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (!digits.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("the response's chunks are malformed");
    }
    return Long.parseLong(digits, 16);
  }

  private void skipTrailer() throws IOException {
    int total = 0;
    for (String line = line(LONGEST_LINE); !line.isEmpty(); line = line(LONGEST_LINE)) {
      total += line.length();
      if (total > LONGEST_TRAILER) {
        return;
      }
    }
  }

  private String line(int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("unexpected end of stream: the last chunk is missing");
      }
      if (c == '\n') {
        int end = line.length();
        boolean cr = end > 0 && line.charAt(end - 1) == '\r';
        return cr ? line.substring(0, end - 1) : line.toString();
      }
      if (line.length() >= longest) {
        throw new IOException("the response's chunks are malformed");
      }
      line.append((char) c);
    }
  }
}
