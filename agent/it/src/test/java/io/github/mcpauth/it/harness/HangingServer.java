package io.github.mcpauth.it.harness;

import io.github.mcpauth.it.harness.RawServer.Request;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tells a host that breaks off its calls when to do so, so that nobody has to guess times: {@code
 * GET /hanging} is answered once another request has been left without an answer, {@code GET
 * /closed} once the client has closed another one's connection.
 */
public final class HangingServer implements AutoCloseable {

  private final Function<Request, String> answers;
  private final Semaphore hanging = new Semaphore(0);
  private final RawServer server;
  private int closed;

  /** Answers as the function says, where it is {@link RawServer#NONE} not at all. */
  public HangingServer(Function<Request, String> answers) {
    this.answers = answers;
    this.server = RawServer.answering(this::answer);
  }

  public RawServer server() {
    return server;
  }

  private String answer(Request request) {
    if (request.is("GET", "/hanging")) {
      return said("hanging", hanging::tryAcquire);
    }
    if (request.is("GET", "/closed")) {
      int expected = ++closed; // One host, one question at a time.
      return said("closed", () -> server.abandoned().size() >= expected);
    }
    String answer = answers.apply(request);
    if (answer.equals(RawServer.NONE)) {
      hanging.release();
    }
    return answer;
  }

  private static String said(String word, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try {
      while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return RawServer.response(200, "", (System.nanoTime() - end < 0 ? "" : "not ") + word);
  }

  @Override
  public void close() {
    server.close();
  }
}
