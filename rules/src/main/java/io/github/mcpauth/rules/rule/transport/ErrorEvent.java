package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;

/**
 * In the place of an answer an event came that says what went wrong, and is no JSON-RPC message: no
 * client shows it. What it says decides who must act.
 */
final class ErrorEvent {

  /** Whether the answer, or the beginning of the older transport, failed to come. */
  static boolean explains(Call call, McpServer server) {
    return call.isStream()
        ? call.end() == Call.End.RESULT
            && !server.progress().everConnected()
            && server.postsTo() == null
        : call.answer() == null && call.isUnanswered();
  }

  static Finding finding(
      RuleInfo info, Call call, Call.Complaint complaint, Exchange exchange, McpServer server) {
    String said = complaint.words();
    boolean named = !complaint.event().equals(SseEvent.MESSAGE);
    Wording words = WordTable.ofCall(said);
    Actor actor = words == null ? info.actor() : words.actor();
    FindingBuilder finding =
        FindingBuilder.of(info, server)
            .cause("error-event")
            .confidence(Confidence.LIKELY)
            .actor(actor)
            .quote(said.isEmpty() ? null : said)
            .message(
                (call.isStream()
                        ? "The event stream at " + exchange.request().url()
                        : "The event stream that the answer to "
                            + call.inWords()
                            + " was to come on")
                    + " brought an event that is no JSON-RPC message"
                    + (named ? ", with the name \"" + complaint.event() + "\"" : "")
                    + ", and no answer. Clients do not read such an event; "
                    + (said.isEmpty()
                        ? "what it says is in a member that nobody documents, and not shown here."
                        : words == null
                            ? "it says what is quoted here."
                            : "what it says means: " + words.meaning() + "."))
            .saw(
                exchange.id(),
                "event",
                named ? complaint.event() : "no JSON-RPC",
                call.isStream() ? "endpoint" : "an answer with the request's id");
    if (words != null) {
      finding.step(actor.inWords() + ": " + words.step());
    }
    return finding
        .step(
            "MCP server: look up this request in its log; say what went wrong as the JSON-RPC error"
                + " to the request, or, before the stream begins, with the status (401, 403, 429)")
        .build();
  }

  private ErrorEvent() {}
}
