package io.github.mcpauth.it.field;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * How one request is answered.
 *
 * @param head status line and header fields, or null where there is no answer
 * @param body what follows the head; null for a stream that stays open
 * @param millis how long the answer takes
 * @param closes whether the connection is closed after it, or in its place
 * @param events what an open stream brings; {@link #END} and {@link #CUT} end it
 * @param taken whether the request is there
 * @param tunnel what comes in the place of a TLS handshake, {@link #RESET} for the end of the
 *     connection; null where there is one
 */
record Script(
    String head,
    byte[] body,
    long millis,
    boolean closes,
    BlockingQueue<String> events,
    CountDownLatch taken,
    byte[] tunnel) {

  static final String END = "\0end";
  static final String CUT = "\0cut";
  static final byte[] RESET = new byte[0];

  static Script of(String head, byte[] body, long millis, boolean closes) {
    return new Script(
        head, body, millis, closes, new LinkedBlockingQueue<>(), new CountDownLatch(1), null);
  }

  /** No TLS comes about: bytes, or nothing, answer the client's first ones. */
  static Script noTls(byte[] tunnel) {
    return new Script(
        null, RESET, 0, true, new LinkedBlockingQueue<>(), new CountDownLatch(1), tunnel);
  }
}
