package io.github.mcpauth.agent.exchange;

import java.nio.ByteBuffer;

/**
 * Sees the bytes of a body as they pass on their way to the host, and keeps at most the first few.
 *
 * <p>Every method returns at once and never throws; none changes the position of a buffer.
 */
public interface BodyTap {

  /** Sees nothing. */
  BodyTap NONE =
      new BodyTap() {
        @Override
        public boolean passes(long count) {
          return true;
        }

        @Override
        public void bytes(ByteBuffer buffer) {}

        @Override
        public void end() {}

        @Override
        public void failed(Throwable error) {}

        @Override
        public void cancelled() {}
      };

  /**
   * Whether so many bytes may go by without being shown: then they have. For who would have to copy
   * them.
   */
  default boolean passes(long count) {
    return false;
  }

  /** The remaining bytes of the buffer went by. */
  void bytes(ByteBuffer buffer);

  /** The body ended as it should. */
  void end();

  /** The body broke off. */
  void failed(Throwable error);

  /** The host lost interest. */
  void cancelled();
}
