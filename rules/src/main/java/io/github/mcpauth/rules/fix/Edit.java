package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request as a fix wants it to leave.
 *
 * @param action in words, past tense, for the log
 * @param request the new head
 * @param body the new body, or null for the host's own
 * @param waiting what to wait for in the place of sending, or null
 * @param skipped why the fix does nothing after all, or null
 * @param silent whether the log was told of it before
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Edit(
    String action,
    RequestHead request,
    byte @Nullable [] body,
    @Nullable CompletableFuture<RequestDecision> waiting,
    @Nullable String skipped,
    boolean silent) {

  static Edit head(String action, RequestHead request) {
    return new Edit(action, request, null, null, null, false);
  }

  static Edit body(String action, RequestHead request, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Edit(action, request, bytes, null, null, false);
  }

  static Edit skip(String action, RequestHead request, String why) {
    return new Edit(action, request, null, null, why, false);
  }

  /** The same, not told in the log. */
  Edit quietly() {
    return new Edit(action, request, body, waiting, skipped, true);
  }
}
