package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.util.stream.Collectors;

/**
 * What is said of a document that a lenient host goes on with, and a strict one drops: a member of
 * another type than it must have, or one that is left out. That nothing followed is what tells them
 * apart.
 */
final class StrictHost {

  /** A strict host refuses a document of which one member is of another type. */
  static Finding wrongTypes(
      RuleInfo info, Exchange exchange, AuthorizationServerMetadata document, McpServer server) {
    String wrong = String.join("; ", document.wrongTypes());
    return FindingBuilder.of(info, server)
        .cause("wrong-type")
        .confidence(Confidence.LIKELY)
        .message(
            "The metadata at "
                + exchange.request().url()
                + " was read, and nothing followed: in it, "
                + wrong
                + ". Strict clients refuse such a document.")
        .saw(exchange.id(), "response.json", wrong, "members of the types of RFC 8414 §2")
        .step(
            "Authorization server: correct its metadata: "
                + document.wrongTypes().stream()
                    .map(StrictHost::expected)
                    .collect(Collectors.joining("; "))
                + " (RFC 8414 §2)")
        .build();
  }

  /** Of {@code scopes_supported is a string, and must be an array of strings}, what must be. */
  private static String expected(String wrong) {
    String member = wrong.substring(0, wrong.indexOf(' '));
    return member + wrong.substring(wrong.indexOf(", and must be ") + 5);
  }

  /** The same of a protected resource's document. */
  static Finding resource(RuleInfo info, Exchange exchange, McpServer server, String wrong) {
    boolean media = wrong.startsWith("Content-Type");
    return FindingBuilder.of(info, server)
        .cause(media ? "media-type" : "wrong-type")
        .severity(Severity.WARNING)
        .confidence(Confidence.POSSIBLE)
        .message(
            "The document at "
                + exchange.request().url()
                + " was read, and nothing followed: in it, "
                + wrong
                + ". Strict clients drop such a document.")
        .saw(exchange.id(), "response", wrong, media ? "application/json" : "RFC 9728 §2")
        .step(
            media
                ? "MCP server: serve the document with Content-Type application/json (RFC 9728 §3.2)"
                : "MCP server: correct the document, or leave the member out: "
                    + wrong.substring(0, wrong.indexOf(' '))
                    + " (RFC 9728 §2)")
        .build();
  }

  private StrictHost() {}
}
