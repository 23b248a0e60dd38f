package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import org.jspecify.annotations.Nullable;

/** The JSON-RPC error in an answer (JSON-RPC 2.0 §5.1). */
public final class RpcError {

  /** The first one, or null. */
  public static @Nullable JsonRpcMessage of(Exchange exchange) {
    return of(exchange.responseBody());
  }

  static @Nullable JsonRpcMessage of(Body answer) {
    if (answer.isEmpty()) {
      return null;
    }
    for (JsonRpcMessage message : JsonRpc.of(answer)) {
      if (message.kind() == JsonRpcMessage.Kind.ERROR) {
        return message;
      }
    }
    return null;
  }

  /** Its code; 0 where there is no error, or none with a code. */
  public static int code(Exchange exchange) {
    JsonRpcMessage error = of(exchange);
    Integer code = error == null ? null : error.errorCode();
    return code == null ? 0 : code;
  }

  private RpcError() {}
}
