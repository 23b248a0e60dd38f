package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What becomes of a request before it leaves. */
public sealed interface RequestDecision {

  /** It leaves as the host made it. */
  RequestDecision SEND_AS_IS = new SendAsIs();

  /** See {@link #SEND_AS_IS}. */
  record SendAsIs() implements RequestDecision {}

  /**
   * Another request leaves in its place.
   *
   * @param body the new body, or null for the host's own
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Send(RequestHead request, byte @Nullable [] body) implements RequestDecision {}

  /** Another request will bring the decision: at the latest with its own end. */
  record Wait(CompletableFuture<RequestDecision> decision) implements RequestDecision {}

  /** Nothing leaves: the host gets this answer, from memory. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Answer(ResponseHead response, byte[] body) implements RequestDecision {}
}
