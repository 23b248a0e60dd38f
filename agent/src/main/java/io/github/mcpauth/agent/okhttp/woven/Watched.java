package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.rules.fix.ResponseDecision;
import org.jspecify.annotations.Nullable;

/** What the outer interceptor shares with the wire interceptor, which OkHttp runs on its thread. */
final class Watched {

  static final ThreadLocal<@Nullable Watched> CURRENT = new ThreadLocal<>();

  final okhttp3.Call hostCall;
  final Call call;
  ResponseDecision.@Nullable Replay replay;

  Watched(okhttp3.Call hostCall, Call call) {
    this.hostCall = hostCall;
    this.call = call;
  }

  /** The call that is under way on this thread, null where it is not watched. */
  static @Nullable Watched of(okhttp3.Call hostCall) {
    Watched current = CURRENT.get();
    // Another client may be at work on this thread, from an Authenticator for example.
    return current != null && current.hostCall == hostCall ? current : null;
  }
}
