package io.github.mcpauth.rules.rule.refusal;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RequestDefect;
import io.github.mcpauth.rules.reading.Said;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server cannot read a request as a message of JSON-RPC or MCP, and what was sent is one. */
final class Misread {

  private static final StatusMeaning BROKEN =
      new StatusMeaning(
          "misread",
          Actor.MCP_SERVER,
          Confidence.LIKELY,
          "the server takes the message for none of JSON-RPC 2.0, and what your application sent is"
              + " one: something on the way cut or changed its body, or read it before the server did",
          "log the body as it arrives, and compare it with what was sent: a gateway, runtime or"
              + " middleware in front may cut it, buffer it, or have read it before");

  private static final StatusMeaning STRICT =
      new StatusMeaning(
          "strict-server",
          Actor.MCP_SERVER,
          Confidence.LIKELY,
          "the server cannot read a member of initialize, which has all that it must have: servers of"
              + " an older revision that take no member they do not know fail at new capabilities",
          "see in its log which member it is, and update its MCP SDK (MCP Java SDK: 2.0), or have it"
              + " ignore members that it does not know (Jackson: FAIL_ON_UNKNOWN_PROPERTIES off)");

  private static final List<String> NO_MESSAGE =
      List.of(
          "valid json-rpc",
          "invalid json-rpc",
          "valid jsonrpc",
          "invalid jsonrpc",
          "not a json-rpc",
          "invalid json",
          "malformed json",
          "not valid json",
          "failed to parse request",
          "could not parse");

  private static final List<String> NO_MEMBER =
      List.of(
          "invalid message format",
          "unrecognized field",
          "unknown field",
          "not marked as ignorable",
          "failed to deserialize",
          "cannot deserialize");

  /** What it means, or null where the request may be at fault. */
  static @Nullable StatusMeaning of(Exchange exchange, Said said) {
    String text = said.lower();
    boolean broken = NO_MESSAGE.stream().anyMatch(text::contains);
    boolean strict = McpRequest.connects(exchange) && NO_MEMBER.stream().anyMatch(text::contains);
    return exchange.status() == 400
            && McpRequest.isMessage(exchange)
            && (broken || strict)
            && isWellFormed(exchange)
        ? strict ? STRICT : BROKEN
        : null;
  }

  /** Whether it is one request of JSON-RPC 2.0 (§4), with what MCP asks of its parameters. */
  private static boolean isWellFormed(Exchange exchange) {
    Body body = exchange.requestBody();
    String type = exchange.request().headers().first("Content-Type");
    boolean declared = type != null && type.startsWith("application/json");
    boolean chunked = exchange.request().headers().has("Transfer-Encoding");
    if (!declared || chunked || !body.isWhole() || body.as(JsonRpc.CONTENT).list()) {
      return false;
    }
    List<JsonRpcMessage> messages = JsonRpc.of(body);
    Map<?, ?> members = body.as(RequestDefect.MESSAGE).orElse(Map.of());
    if (messages.size() != 1
        || messages.get(0).kind() != JsonRpcMessage.Kind.REQUEST
        || !"2.0".equals(members.get("jsonrpc"))
        || members.get("id") == null) {
      return false;
    }
    Object params = members.get("params");
    boolean initialize = "initialize".equals(messages.get(0).method());
    return params instanceof Map<?, ?> given
        ? !initialize || (given.containsKey("capabilities") && given.containsKey("clientInfo"))
        : params == null && !initialize;
  }

  private Misread() {}
}
