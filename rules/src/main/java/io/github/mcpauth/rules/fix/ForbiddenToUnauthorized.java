package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.Refusal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Shows the host a 401 with a challenge where the server's 403 means "log in". */
final class ForbiddenToUnauthorized implements Fix {

  private static final String ACTION = "presented 403 as 401 with a challenge";

  @Override
  public String rule() {
    return RuleNames.FORBIDDEN_ON_CONNECT;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.status() == 403 && exchange.role() == Role.MCP;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    if (response == null || response.status() != 403 || exchange.role() != Role.MCP) {
      return null;
    }
    return switch (Refusal.of(exchange, server)) {
      case WANTS_LOGIN, SPEAKS_OF_LOGIN -> rewrite(exchange, response, server, explicit);
      case UNEXPLAINED ->
          explicit
              ? rewrite(exchange, response, server, true)
              : new Plan.Skip(ACTION, "nothing in the answer says that it means \"log in\"");
      case BLOCKED_IN_FRONT -> new Plan.Skip(ACTION, "the answer is a firewall's or gateway's");
      case HOST_OR_ORIGIN -> new Plan.Skip(ACTION, "the server refused the Host or Origin header");
      case KNOWN_OTHERWISE -> new Plan.Skip(ACTION, "what the answer says is no request to log in");
      case CREDENTIAL_REJECTED -> new Plan.Skip(ACTION, "the request carried a credential");
      case LATER ->
          McpMethods.of(exchange.requestBody()) == null
              ? null
              : new Plan.Skip(ACTION, "the request does not open the connection");
    };
  }

  private static Plan rewrite(
      Exchange exchange, ResponseHead response, McpServer server, boolean explicit) {
    if (!exchange.request().url().equals(server.endpoint())) {
      return new Plan.Skip(
          ACTION, "the answer came from another URL than the server's: a redirect");
    }
    URI named =
        ChallengeHeader.absolute(
            Challenges.in(exchange.responseHeaders()).resourceMetadata(),
            server,
            exchange.sentAt());
    if (named != null) {
      return new Plan.Act(ACTION, CompleteChallenge.deliver(response, named));
    }
    // Without a document only a host that knows its authorization server can do with a 401.
    Plan otherwise =
        explicit
            ? new Plan.Act(
                "presented 403 as 401, without a document to point to",
                new ResponseDecision.Deliver(response.withStatus(401)))
            : MetadataSearch.nothing(ACTION);
    return new MetadataSearch(
            ACTION, exchange, url -> CompleteChallenge.deliver(response, url), otherwise)
        .start(server);
  }
}
