package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Completes the challenge of a 401 that does not say where to log in, or says it in a way that
 * hosts miss: a relative URL, a plain http one, not in the first line. Looks first whether there is
 * a document to point to; where there is none, the host's own fallback is not disturbed.
 */
final class CompleteChallenge implements Fix {

  private static final String ACTION = "completed the challenge with resource_metadata";

  @Override
  public String rule() {
    return RuleNames.MISSING_RESOURCE_METADATA;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.status() == 401 && exchange.role() == Role.MCP;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    if (response == null || response.status() != 401 || exchange.role() != Role.MCP) {
      return null;
    }
    String hint = Challenges.in(exchange.responseHeaders()).resourceMetadata();
    if (hint != null
        && ChallengeHeader.isUsable(response.headers(), hint, server, exchange.sentAt())) {
      return null;
    }
    if (Credentials.carriedBy(exchange.request()) && hint == null) {
      return new Plan.Skip(ACTION, "the request carried a credential, which was refused");
    }
    if (!exchange.request().url().equals(server.endpoint())) {
      return new Plan.Skip(
          ACTION, "the answer came from another URL than the server's: a redirect");
    }
    URI named = ChallengeHeader.absolute(hint, server, exchange.sentAt());
    if (named != null) {
      return new Plan.Act(ACTION, deliver(response, named));
    }
    return new MetadataSearch(
            ACTION, exchange, url -> deliver(response, url), MetadataSearch.nothing(ACTION))
        .start(server);
  }

  static ResponseDecision deliver(ResponseHead response, URI document) {
    return new ResponseDecision.Deliver(ChallengeHeader.naming(response, document));
  }
}
