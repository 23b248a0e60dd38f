package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.Era;
import io.github.mcpauth.rules.mcp.McpMethods;
import org.jspecify.annotations.Nullable;

/**
 * Names the protocol revision that both sides agreed upon (MCP 2025-06-18, Transports: Protocol
 * Version Header) in requests after the handshake that name none or another.
 */
final class NegotiatedRevision implements RequestFix {

  private static final String HEADER = "MCP-Protocol-Version";
  private static final String FIRST_WITH_HEADER = "2025-06-18";

  @Override
  public String rule() {
    return RuleNames.PROTOCOL_VERSION_REJECTED;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    String revision = server.sessions().negotiated();
    if (sending.role() != Role.MCP
        || revision == null
        || revision.compareTo(FIRST_WITH_HEADER) < 0
        || Era.isStateless(revision)
        || Era.of(sending.request(), sending.requestBody()) == Era.STATELESS
        || McpMethods.isConnect(McpMethods.of(sending.requestBody()))
        || revision.equals(request.headers().first(HEADER))) {
      return null;
    }
    return Edit.head(
        "named the negotiated protocol version " + revision,
        request.withHeaders(request.headers().with(HEADER, revision)));
  }
}
