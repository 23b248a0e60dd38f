package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.ResponseHead;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** A response whose head has come; the body is read as it comes. */
public final class WireAnswer implements AutoCloseable {

  private final ResponseHead head;
  private final FramedBody body;
  private final Socket socket;
  private final Deadline deadline;

  WireAnswer(ResponseHead head, FramedBody body, Socket socket, Deadline deadline) {
    this.head = head;
    this.body = body;
    this.socket = socket;
    this.deadline = deadline;
  }

  public ResponseHead head() {
    return head;
  }

  /** From now on the body has that much time. */
  public void within(Duration time) {
    deadline.restart(time);
  }

  /**
   * The next bytes of the body.
   *
   * @return how many; -1 at its end
   * @throws IOException where it breaks off; a {@code SocketTimeoutException} where its time is
   *     over
   */
  public int read(byte[] buffer) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw deadline.named(e);
    }
  }

  /** Whether reading ended because its time was over. */
  public boolean isOver() {
    return deadline.isOver();
  }

  @Override
  public void close() {
    deadline.cancel();
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}
