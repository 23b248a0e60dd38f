package io.github.mcpauth.it.equal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells the server which call is next, since it cannot know of HTTP/2, and hears from it when an
 * answer hangs: to cancel by the clock would be a matter of luck.
 */
final class Announcements implements AutoCloseable {

  static final char TAKEN = 'k';
  static final char HANGS = 'h';
  private static final long UNTIL_ALL_IS_READ_MILLIS = 60;
  private static final long BETWEEN_LOOKS_MILLIS = 10;
  private static final int MOST_LOOKS = 2000;

  private final Socket socket;
  private final BlockingQueue<Character> heard = new LinkedBlockingQueue<>();

  Announcements(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    Thread thread = new Thread(this::listen, "announcements");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        heard.add((char) next);
      }
    } catch (IOException e) {
      // The program ends.
    }
  }

  /** This call is next. */
  void next(int seed) throws InterruptedException {
    heard.clear();
    try {
      byte[] line = ("PLAY " + seed + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(TAKEN, 5000);
  }

  /**
   * Waits until the answer hangs, and what came of it is read; false where it does not: a call may
   * end earlier, by a redirect that is not followed.
   *
   * @param over whether the call has ended
   */
  boolean awaitHang(BooleanSupplier over) throws InterruptedException {
    boolean hangs = false;
    for (int i = 0; i < MOST_LOOKS && !hangs && !over.getAsBoolean(); i++) {
      hangs = await(HANGS, BETWEEN_LOOKS_MILLIS);
    }
    // A future may be done when its head has come, and the body hangs.
    hangs = hangs || await(HANGS, 300);
    Thread.sleep(UNTIL_ALL_IS_READ_MILLIS);
    return hangs;
  }

  private boolean await(char what, long millis) throws InterruptedException {
    Character next = heard.poll(millis, TimeUnit.MILLISECONDS);
    while (next != null && next != what) {
      next = heard.poll(millis, TimeUnit.MILLISECONDS);
    }
    return next != null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
