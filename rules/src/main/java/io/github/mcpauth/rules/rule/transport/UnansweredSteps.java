package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.FindingBuilder;

/** What helps where the answer to a call did not come, by what came instead. */
final class UnansweredSteps {

  static boolean isStream(Exchange exchange) {
    return exchange.response() != null && exchange.response().isEventStream();
  }

  static void add(String cause, Exchange exchange, FindingBuilder finding) {
    switch (cause) {
      case "other-id" ->
          finding.step(
              "MCP server: answer with the very id of the request, a text as a text and a number as"
                  + " a number");
      case "accepted-only" ->
          finding
              .step(
                  "MCP server: answer a request with application/json or text/event-stream; 202 is"
                      + " for notifications and responses only")
              .step("User: check that the URL is the MCP endpoint's, not one that takes any POST");
      case "stream-gone" ->
          finding
              .step(
                  "Your application: when the event stream ends, open it again, take the new"
                      + " endpoint and send initialize (most SDKs: recreate the client)")
              .step(
                  "Network: raise the idle timeout for text/event-stream, if that is what ends it");
      case "no-event" ->
          finding
              .step(
                  "MCP server: check what the request waits for, and that it writes to this stream")
              .step("Network: switch off buffering for text/event-stream");
      case "no-message" ->
          finding.step(
              isStream(exchange)
                  ? "MCP server: label such an answer with Content-Type application/json, or write it"
                      + " as an event (data: {…} and a blank line)"
                  : "MCP server: send the whole JSON-RPC answer as the body: one object, not in an"
                      + " array, valid JSON (no NaN), and nothing else");
      case "broken-event" ->
          finding.step(
              "MCP server: write the JSON-RPC message of an event in one line behind data:, or begin"
                  + " each of its lines with data: (JSON that is indented for people needs that)");
      case "stream-ended" ->
          finding
              .step(
                  "MCP server: send the answer before closing the stream; where it must close early,"
                      + " give events ids, so that a client can ask for the rest")
              .step(
                  "Network: check whether a proxy ends responses after a fixed time (read and idle"
                      + " timeouts)");
      case "stream-cut" ->
          finding
              .step(
                  "Network: raise the read and idle timeouts of proxies and load balancers for"
                      + " text/event-stream")
              .step(
                  "MCP server: look for a crash or restart at that time; send a comment line every"
                      + " 15 s or so while it works");
      case "truncated" ->
          finding
              .step(
                  exchange.responseHeaders().has("Content-Length")
                      ? "MCP server: send a Content-Length in bytes of UTF-8, not in characters, or"
                          + " none"
                      : "MCP server: look for a crash or restart at that time")
              .step("Network: check that no proxy changes the body without its length, or ends it");
      case "silence-after-head" ->
          finding
              .step(
                  "Network: switch off buffering for text/event-stream (X-Accel-Buffering: no,"
                      + " proxy_buffering off), and compression that buffers")
              .step("MCP server: flush after each event; check what the request waits for");
      case "still-working" ->
          finding.step(
              "Your application: raise the request timeout of the MCP client, or start it again with each"
                  + " progress notification");
      default ->
          finding
              .step("Network: check idle timeouts that drop a connection without closing it")
              .step("MCP server: check what the request waits for");
    }
  }

  private UnansweredSteps() {}
}
