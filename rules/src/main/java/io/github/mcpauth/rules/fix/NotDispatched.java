package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a server did not dispatch a request, so that it may be sent once more whatever it
 * would do: what may have run runs once. Every fix that repeats a request of the host is asked for
 * it here, and only here. What never reached a server (a refused connection, REFUSED_STREAM) has no
 * answer that a fix could act on, and is the client's own to retry.
 */
final class NotDispatched {

  /** Why it was not dispatched, in words; null where it may have been. */
  static @Nullable String proof(Exchange refused) {
    return hasResult(refused) ? null : proofOfStatus(refused);
  }

  /**
   * Whether the refusal comes with the result of what was asked: a wrapper refuses after it ran.
   */
  private static boolean hasResult(Exchange refused) {
    for (JsonRpcMessage each : JsonRpc.of(refused.responseBody())) {
      if (each.kind() == JsonRpcMessage.Kind.RESPONSE) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String proofOfStatus(Exchange refused) {
    return switch (refused.status()) {
      case 431 -> "431: its head was not read"; // RFC 6585 §5
      case 421 -> "421: it is for another server"; // RFC 9110 §15.5.20
      case 307, 308 ->
          bodyStayed(refused) ? refused.status() + " before a byte of its body left" : null;
      case 401 ->
          Challenges.in(refused.responseHeaders()).all().isEmpty()
              ? ofOtherKind(refused)
              : "401 with a challenge"; // RFC 9110 §15.5.2
      default -> ofOtherKind(refused);
    };
  }

  /** Whether the request may be sent again: it has no effect, or did not come to have one. */
  static boolean mayRepeat(Exchange refused) {
    return !McpRequest.mayAct(refused) || proof(refused) != null;
  }

  /**
   * Whether an answer to what a fix repeated is the host's, good or bad: the request may have run.
   * Shown the refusal that came before it, the host would send it once more. Nor does a server
   * without a stream refuse the one who asks for it (MCP 2025-11-25, Streamable HTTP).
   */
  static boolean isAnswered(Exchange repeated) {
    return !mayRepeat(repeated) || (McpRequest.opensStream(repeated) && repeated.status() == 405);
  }

  /** Whether what a fix repeated and what then failed may have run. */
  static boolean mayHaveArrived(Exchange failed) {
    Failure failure = failed.failure();
    return McpRequest.mayAct(failed) && (failure == null || failure.mayHaveArrived());
  }

  private static @Nullable String ofOtherKind(Exchange refused) {
    if (refused.role() == Role.TOKEN) {
      OAuthError error = OAuthError.of(refused.responseBody());
      boolean client = refused.status() == 400 || refused.status() == 401;
      return client && error != null && error.code().equals("invalid_client")
          ? "invalid_client: the server did not hear who asks" // RFC 6749 §5.2
          : null;
    }
    return isTransports(refused) ? "the transport does not know the session" : null;
  }

  /** Whether none of the body left, as far as was seen: with {@code Expect: 100-continue}. */
  private static boolean bodyStayed(Exchange redirect) {
    return redirect.requestBody().size() == 0
        && !redirect.requestBody().complete()
        && redirect.request().headers().has("Expect");
  }

  /**
   * Whether the answer is one JSON-RPC error with which the transport refuses a session, and
   * answers this very request or none: one with another id may speak of anything, of a batch the
   * rest may have run, and where something stands beside the error it may be a result.
   */
  private static boolean isTransports(Exchange refused) {
    JsonRpc.Content content = refused.responseBody().as(JsonRpc.CONTENT);
    List<JsonRpcMessage> answers = content.messages();
    if (!content.alone() || answers.size() != 1 || !SessionRefusal.of(refused)) {
      return false;
    }
    JsonRpcMessage error = answers.get(0);
    return error.kind() == JsonRpcMessage.Kind.ERROR
        && SessionRefusal.isTransportError(error)
        && (error.id() == null || error.id().equals(NO_REQUEST) || isOnly(refused, error));
  }

  /** Whether an error answers the one message of a request. */
  private static boolean isOnly(Exchange refused, JsonRpcMessage error) {
    List<JsonRpcMessage> asked = JsonRpc.of(refused.requestBody());
    return asked.size() == 1
        && error.textId() == asked.get(0).textId()
        && Objects.equals(error.id(), asked.get(0).id());
  }

  /** What the Python SDK writes where it has no id to answer. */
  private static final String NO_REQUEST = "server-error";

  private NotDispatched() {}
}
