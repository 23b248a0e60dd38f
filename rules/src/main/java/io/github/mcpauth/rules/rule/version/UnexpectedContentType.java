package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request got an answer that is neither JSON nor an event stream, or is packed in a way that the
 * host cannot undo. A notification's empty answer, or a login page (another rule's), disproves it.
 */
public final class UnexpectedContentType implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "unexpected-content-type",
              "The answer is not what an MCP client can read",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Sending Messages to the Server; RFC 9110 §8.3, §8.4",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.SUCCESS_IS_NONE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() != 200
        || !McpRequest.isMessage(exchange)
        || exchange.responseBody().isEmpty()
        || "text/event-stream".equals(exchange.mediaType())) {
      return;
    }
    String cause = cause(exchange);
    if (cause == null) {
      return;
    }
    String media = String.valueOf(exchange.mediaType());
    String encoding = String.valueOf(exchange.responseHeaders().first("Content-Encoding"));
    boolean page = cause.equals("html");
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .actor(
                switch (cause) {
                  case "html", "not-json-rpc" -> Actor.USER;
                  case "compressed" -> Actor.NETWORK;
                  default -> Actor.MCP_SERVER;
                })
            .message(
                "The server answered 200 with "
                    + (cause.equals("compressed")
                        ? "Content-Encoding "
                            + encoding
                            + ", which your application did not ask for and"
                            + " java.net.http does not undo."
                        : cause.equals("not-json-rpc")
                            ? "JSON that is no JSON-RPC message."
                            : "Content-Type " + media + (page ? ", a web page." : ".")))
            .saw(
                exchange.id(),
                "response.header.content-type",
                media,
                "application/json or text/event-stream");
    switch (cause) {
      case "html", "not-json-rpc" ->
          finding.step(
              "User: check the URL; it is a web page's or another API's, not the MCP"
                  + " endpoint's");
      case "compressed" ->
          finding.step("Network: compress only for clients that send Accept-Encoding");
      default -> finding.step("MCP server: label JSON-RPC answers as application/json");
    }
    report.found(finding.build());
  }

  private static @Nullable String cause(Exchange exchange) {
    String encoding = exchange.responseHeaders().first("Content-Encoding");
    boolean packed = encoding != null && !encoding.equalsIgnoreCase("identity");
    if (packed) {
      boolean asked = exchange.request().headers().has("Accept-Encoding");
      return asked || exchange.client() != ClientKind.JAVA_NET_HTTP ? null : "compressed";
    }
    boolean rpc = McpMethods.isJsonRpc(exchange.responseBody());
    if (AnswerBody.isHtml(exchange)) {
      return "html";
    }
    if (AnswerBody.isJson(exchange)) {
      boolean whole = exchange.responseBody().isWhole();
      return rpc || !whole || !McpRequest.connects(exchange) ? null : "not-json-rpc";
    }
    return exchange.mediaType() == null ? "type-missing" : rpc ? "mislabelled" : "wrong-type";
  }
}
