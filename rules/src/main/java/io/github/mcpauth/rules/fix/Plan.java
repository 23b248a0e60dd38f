package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a fix means to do about an answer. */
public sealed interface Plan {

  /** The host sees something else than what came. */
  record Act(String action, ResponseDecision decision) implements Plan {}

  /**
   * Another request leaves; what follows is decided when its answer is there.
   *
   * @param action in words, past tense, for the log, e.g. {@code "replayed the request"}
   * @param body what to send, or null for the host's own body
   * @param repeats whether it is the host's request again, which needs proof that it was not
   *     dispatched; see {@link NotDispatched}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Send(
      String action,
      RequestHead request,
      byte @Nullable [] body,
      boolean repeats,
      Continuation then)
      implements Plan {}

  /** The fix would be due, but does nothing, for a reason that the log gives. */
  record Skip(String action, String why) implements Plan {}
}
