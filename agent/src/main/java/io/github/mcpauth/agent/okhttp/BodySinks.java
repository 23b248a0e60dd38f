package io.github.mcpauth.agent.okhttp;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts taps on what request bodies are written to. The client asks for that on the thread on which
 * it carries a request out.
 */
public final class BodySinks {

  private static final ThreadLocal<@Nullable UnaryOperator<Object>> TAP = new ThreadLocal<>();

  /**
   * The request that this thread carries out from now on is written to what this makes of the
   * client's sink; null where it is none of ours.
   */
  public static void tap(@Nullable UnaryOperator<Object> tapped) {
    TAP.set(tapped);
  }

  /** What a body is written to. */
  static Object tapped(Object sink) {
    UnaryOperator<Object> tap = TAP.get();
    return tap == null ? sink : tap.apply(sink);
  }

  private BodySinks() {}
}
