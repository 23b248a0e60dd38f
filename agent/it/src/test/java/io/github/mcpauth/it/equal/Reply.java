package io.github.mcpauth.it.equal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a server answers to one request.
 *
 * @param headers lines without their ends
 * @param body as it goes over the wire
 * @param pieces in how many pieces it is sent
 * @param delay before it, in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(
    int status,
    List<String> headers,
    byte[] body,
    Framing framing,
    Fault fault,
    int pieces,
    int delay) {

  /** How the end of the body is told. */
  enum Framing {
    LENGTH,
    CHUNKED,
    CLOSE
  }

  /** What goes wrong. */
  enum Fault {
    NONE,
    /** No answer, until the client goes away. */
    HANGS,
    CLOSED_BEFORE,
    RESET_BEFORE,
    /** Half of the body, then the end, a reset, or nothing more. */
    CUT,
    RESET_WITHIN,
    HANGS_WITHIN,
    NOT_HTTP,
    /** Over HTTP/2: the stream was not processed (RFC 9113 §8.7), and the client may try again. */
    REFUSED_STREAM,
    /** It was, and is given up, before a head or within the body. */
    STREAM_RESET,
    STREAM_RESET_WITHIN,
    /** The connection takes no more: without this stream, or with it, but no answer (§6.8). */
    GOAWAY_WITHOUT,
    GOAWAY_AFTER
  }

  /** Whether its form has a body at all: RFC 9110 §6.4.1. */
  boolean mayHaveBody() {
    return status >= 200 && status != 204 && status != 304;
  }

  Reply withoutBody() {
    return new Reply(status, headers, new byte[0], framing, fault, pieces, delay);
  }

  byte[] head() {
    StringBuilder head = new StringBuilder();
    if (fault == Fault.NOT_HTTP) {
      head.append("ICY 200 OK\r\n");
    } else {
      head.append("HTTP/1.1 ").append(status).append(" Said So\r\n");
    }
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (mayHaveBody()) {
      switch (framing) {
        case LENGTH -> head.append("Content-Length: ").append(body.length).append("\r\n");
        case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
        case CLOSE -> head.append("Connection: close\r\n");
      }
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + body.length + " " + framing + " " + fault;
  }
}
