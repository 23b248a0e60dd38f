package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
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
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.Locale;
import java.util.Set;
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

  /** Causes in the table of words of which a page tells, whoever shows it. */
  private static final Set<String> PAGES = Set.of("proxy-policy", "maintenance");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean opens = McpRequest.opensStream(exchange) && !server.progress().everSaid();
    // In the older transport the answer comes on the event stream, and a body says nothing.
    boolean older =
        exchange.request().url().equals(server.postsTo()) && !AnswerBody.isHtml(exchange);
    if (exchange.status() != 200
        || older
        || (!McpRequest.isMessage(exchange) && !opens)
        || exchange.responseBody().isEmpty()
        || "text/event-stream".equals(exchange.mediaType())) {
      return;
    }
    String cause = opens ? (AnswerBody.isHtml(exchange) ? "html" : null) : cause(exchange);
    if (cause == null) {
      return;
    }
    Wording words = cause.equals("compressed") ? null : ofProduct(exchange);
    if (words != null) {
      report.found(ofProduct(words, exchange, server));
      return;
    }
    String media = exchange.mediaType();
    String encoding = String.valueOf(exchange.responseHeaders().first("Content-Encoding"));
    boolean page = cause.equals("html");
    boolean another = cause.equals("wrong-type") && McpRequest.connects(exchange);
    boolean wrapped = cause.equals("not-json-rpc") && isWrapped(exchange);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(wrapped ? "wrapped" : cause)
            .actor(
                switch (cause) {
                  case "html" -> Actor.USER; // The wrong URL, most of the time.
                  case "wrong-type" -> another ? Actor.USER : Actor.MCP_SERVER;
                  case "not-json-rpc" -> wrapped ? Actor.MCP_SERVER : Actor.USER;
                  case "compressed" -> Actor.NETWORK;
                  default -> Actor.MCP_SERVER;
                })
            .confidence(
                page || another || cause.equals("not-json-rpc") || isNotification(exchange)
                    ? Confidence.LIKELY
                    : Confidence.CERTAIN)
            .message(
                "The server answered 200 with "
                    + (cause.equals("compressed")
                        ? "Content-Encoding "
                            + encoding
                            + ", which your application did not ask for and"
                            + " java.net.http does not undo."
                        : cause.equals("not-json-rpc")
                            ? wrapped
                                ? "JSON that has the JSON-RPC message inside of a string."
                                : "JSON that is no JSON-RPC message."
                            : cause.equals("half-json-rpc")
                                ? "JSON that looks like a JSON-RPC message and is none: it needs"
                                    + " \"jsonrpc\": \"2.0\" and nothing before or behind it."
                                : (media == null ? "no Content-Type" : "Content-Type " + media)
                                    + (cause.equals("events-mislabelled")
                                        ? ", and its body is an event stream (data: …)."
                                        : isNotification(exchange)
                                            ? " to a notification, to which clients expect no body."
                                            : page ? ", a web page." : ".")));
    switch (cause) {
      case "compressed" ->
          finding.saw(
              exchange.id(), "response.header.content-encoding", encoding, "no Content-Encoding");
      case "not-json-rpc", "half-json-rpc" ->
          finding.saw(exchange.id(), "response.body", "other JSON", "a JSON-RPC message");
      default ->
          finding.saw(
              exchange.id(),
              "response.header.content-type",
              media == null ? "absent" : media,
              "application/json or text/event-stream");
    }
    if (cause.equals("not-json-rpc") || cause.equals("half-json-rpc")) {
      finding.quote(Said.of(exchange).quote());
    }
    switch (wrapped ? "wrapped" : cause) {
      case "wrapped" ->
          finding.step(
              "MCP server: send the JSON-RPC answer itself as the body, encoded once; behind a gateway"
                  + " use a proxy integration, which unpacks what a function returns (statusCode,"
                  + " headers, body)");
      case "html", "not-json-rpc" ->
          finding.step(
              "User: check the URL; it is a web page's or another API's, not the MCP"
                  + " endpoint's");
      case "half-json-rpc" ->
          finding.step(
              "MCP server: send the JSON-RPC answer as the body, with \"jsonrpc\": \"2.0\", and nothing"
                  + " else, no warnings or logs before it (PHP: display_errors=0; no print or echo)");
      case "events-mislabelled" ->
          finding.step(
              "MCP server: label event streams with Content-Type text/event-stream, or answer with"
                  + " the JSON alone");
      case "compressed" ->
          finding.step("Network: compress only for clients that send Accept-Encoding");
      default -> {
        if (another) {
          finding.step(
              "User: check the URL: what answers there is no JSON-RPC, but a page, a check of health"
                  + " or another service's");
        }
        finding.step(
            isNotification(exchange)
                ? "MCP server: answer a notification with 202 and no body (Transports: Sending"
                    + " Messages to the Server, item 4)"
                : "MCP server: label JSON-RPC answers as application/json");
      }
    }
    report.found(finding.build());
  }

  /** What the page of a product in front of the server means, or null. */
  private static @Nullable Wording ofProduct(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    boolean proxy = words != null && PAGES.contains(words.cause());
    return proxy || (words != null && words.isOfVendor() && words.isOfText()) ? words : null;
  }

  private static Finding ofProduct(Wording words, Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause(words.cause())
        .actor(words.actor())
        .confidence(Confidence.LIKELY)
        .quote(Said.of(exchange).quote())
        .message(
            "The answer with status 200 is none of an MCP server"
                + (words.isOfVendor() ? ": " + words.vendor() + " answered in its place." : "."))
        .saw(
            exchange.id(),
            "response.header.content-type",
            String.valueOf(exchange.mediaType()),
            "application/json or text/event-stream")
        .step(words.actor().inWords() + ": " + words.step())
        .build();
  }

  /**
   * Whether the client takes a compression: OkHttp unpacks gzip where its host asks for nothing.
   */
  private static boolean isAskedFor(String encoding, Exchange exchange) {
    String accepted = exchange.request().headers().first("Accept-Encoding");
    boolean byItself = exchange.client() == ClientKind.OKHTTP && accepted == null;
    String taken = byItself ? "gzip" : String.valueOf(accepted).toLowerCase(Locale.ROOT);
    return taken.contains("*") || taken.contains(encoding.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether a body begins like server-sent events (WHATWG HTML §9.2.5). */
  private static boolean isEvents(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    return text.startsWith("data:") || text.startsWith("event:") || text.startsWith("id:");
  }

  /** Whether the message was encoded a second time, into a string. */
  private static boolean isWrapped(Exchange exchange) {
    return AnswerBody.text(exchange).contains("\\\"jsonrpc\\\"");
  }

  private static boolean isNotification(Exchange exchange) {
    String method = McpMethods.of(exchange.requestBody());
    return method != null && method.startsWith("notifications/");
  }

  /** Whether a message is there, and something before it: warnings, logs, what a program prints. */
  private static boolean hasTextBefore(String text) {
    return !text.startsWith("{") && !text.startsWith("[") && text.contains("{\"jsonrpc\"");
  }

  private static @Nullable String cause(Exchange exchange) {
    String encoding = exchange.responseHeaders().first("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return isAskedFor(encoding, exchange) ? null : "compressed";
    }
    boolean rpc = McpMethods.isJsonRpc(exchange.responseBody());
    if (isEvents(exchange)) {
      return "events-mislabelled";
    }
    if (AnswerBody.isHtml(exchange)) {
      return "html";
    }
    if (AnswerBody.isJson(exchange)) {
      boolean whole = exchange.responseBody().isWhole();
      String text = AnswerBody.text(exchange);
      if (whole && hasTextBefore(text)) {
        return "half-json-rpc";
      }
      if (rpc || !whole || !McpRequest.connects(exchange)) {
        return null;
      }
      boolean half = text.contains("\"result\"") && text.contains("\"protocolversion\"");
      return half || text.contains("\"jsonrpc\"") ? "half-json-rpc" : "not-json-rpc";
    }
    return exchange.mediaType() == null ? "type-missing" : rpc ? "mislabelled" : "wrong-type";
  }
}
