package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param url that answered, after redirects
 * @param head null where no response came
 * @param messages the body, or of an event stream the data of its events, a JSON text each
 * @param body what was read of it
 * @param endpoint what a stream of HTTP+SSE (2024-11-05) begins with, or null
 * @param failure why it ended before its end, or null
 * @param remark what the checker itself did, e.g. that it followed no further; or null
 */
record Answer(
    URI url,
    @Nullable ResponseHead head,
    List<byte[]> messages,
    @Nullable String endpoint,
    Body body,
    @Nullable IOException failure,
    @Nullable String remark) {

  static Answer failed(URI url, IOException failure) {
    return new Answer(url, null, List.of(), null, Body.NONE, failure, null);
  }

  static Answer notAsked(URI url, String why) {
    return new Answer(url, null, List.of(), null, Body.NONE, null, "not asked: " + why);
  }

  /** 0 where no response came. */
  int status() {
    return head == null ? 0 : head.status();
  }

  Headers headers() {
    return head == null ? Headers.NONE : head.headers();
  }

  /** The checker does not go there. */
  boolean wasNotAsked() {
    return head == null && failure == null;
  }

  boolean isSuccess() {
    return head != null && head.isSuccess();
  }

  /** The JSON-RPC message that answers a request; null where none does. */
  @Nullable JsonRpcMessage to(String id) {
    for (byte[] each : messages) {
      for (JsonRpcMessage message : JsonRpc.parse(each)) {
        if (message.isAnswer() && (id.equals(message.id()) || message.id() == null)) {
          return message;
        }
      }
    }
    return null;
  }

  /** Whether the request was answered with a result. */
  boolean hasResult(String id) {
    JsonRpcMessage answer = isSuccess() ? to(id) : null;
    return answer != null && answer.kind() == JsonRpcMessage.Kind.RESPONSE;
  }

  /** The code of a JSON-RPC error, with whatever status it came; 0 where there is none. */
  int errorCode() {
    for (byte[] each : messages) {
      for (JsonRpcMessage message : JsonRpc.parse(each)) {
        if (message.errorCode() != null) {
          return message.errorCode();
        }
      }
    }
    return 0;
  }

  /** In a few words, for the funnel. */
  String inWords() {
    String told = remark == null ? "" : " (" + remark + ")";
    if (head == null && failure == null && remark != null) {
      return remark;
    }
    if (head == null) {
      return failure == null ? "no answer" + told : Problems.inWords(failure) + told;
    }
    String type = head.mediaType();
    String shown = head.status() + (type == null ? "" : " " + type);
    JsonRpcMessage error = null;
    for (byte[] each : messages) {
      for (JsonRpcMessage message : JsonRpc.parse(each)) {
        error = message.kind() == JsonRpcMessage.Kind.ERROR ? message : error;
      }
    }
    if (error != null) {
      shown += ", error " + error.errorCode() + " \"" + error.errorMessage() + "\"";
    }
    return shown + (failure == null ? "" : ", then " + Problems.inWords(failure)) + told;
  }
}
