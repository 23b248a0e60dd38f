package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener of calls that ended without a result. A batch may have thousands, and one
 * refusal ends all of them: of those of one exchange that end alike in one phase, the first few are
 * told one by one, and the rest with the next one, as a number. Confined to the lock of the
 * diagnosis.
 */
final class ToldCalls {

  private static final int FEW = 16;

  private final Listener listener;
  private @Nullable Call last;
  private int alike;

  /** The first of those that are not told one by one, whose they are, and how many more. */
  private @Nullable Call heldBack;

  private String serverUrl = "";
  private int others;

  ToldCalls(Listener listener) {
    this.listener = listener;
  }

  /** A call ended, or waits for too long. */
  void ended(Call call, String server) {
    Call before = last;
    if (before == null || before.exchangeId() != call.exchangeId() || before.end() != call.end()) {
      phaseEnds();
    }
    last = call;
    alike++;
    if (alike <= FEW) {
      listener.called(call, server, 0);
    } else if (heldBack == null) {
      heldBack = call;
      serverUrl = server;
    } else {
      others++;
    }
  }

  /** No more of them end at once. */
  void phaseEnds() {
    if (heldBack != null) {
      listener.called(heldBack, serverUrl, others);
    }
    last = null;
    heldBack = null;
    alike = 0;
    others = 0;
  }
}
