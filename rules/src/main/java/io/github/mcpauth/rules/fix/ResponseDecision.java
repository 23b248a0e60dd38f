package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** What becomes of a response before the host sees it. */
public sealed interface ResponseDecision {

  /** The host sees it as it came. */
  ResponseDecision DELIVER_AS_IS = new DeliverAsIs();

  /** See {@link #DELIVER_AS_IS}. */
  record DeliverAsIs() implements ResponseDecision {}

  /** The host sees the body that came, under another head. */
  record Deliver(ResponseHead response) implements ResponseDecision {}

  /** The host sees another answer altogether, from memory. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Answer(ResponseHead response, byte[] body) implements ResponseDecision {}

  /**
   * Another request leaves first and its response is decided upon in turn. If it fails, the host
   * gets the first answer; but not where it may have run by then: after a refusal the host would
   * send it once more.
   *
   * @param body the body to send, or null for the host's own; a request without a body has none
   *     either way
   * @param onFailure what the host gets if the replay cannot be carried out
   * @param mayAct whether it is a request of the host that may have an effect: if it fails once it
   *     may have arrived, the host's call fails with it
   * @param own whether it is a request of the fix's own, rather than the host's once more: what
   *     comes back is no answer to the host's request, whatever the client makes of it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Replay(
      RequestHead request,
      byte @Nullable [] body,
      ResponseDecision onFailure,
      boolean mayAct,
      boolean own)
      implements ResponseDecision {

    /** Whether it asks for a document, for which no credential is needed. */
    public boolean looks() {
      return own && request.method().equals("GET");
    }

    /** The same replay with another request. */
    public Replay sending(RequestHead other) {
      return new Replay(other, body, onFailure, mayAct, own);
    }
  }
}
