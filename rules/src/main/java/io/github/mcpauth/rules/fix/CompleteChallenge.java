package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.Challenges;
import org.jspecify.annotations.Nullable;

/** Completes the challenge of a 401 that does not say where to log in. */
final class CompleteChallenge implements Fix {

  private static final String ACTION = "completed the challenge with resource_metadata";

  @Override
  public String rule() {
    return "missing-resource-metadata";
  }

  @Override
  public boolean needsBody(Exchange exchange, Journey journey) {
    return false;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit) {
    ResponseHead response = exchange.response();
    if (response == null
        || response.status() != 401
        || exchange.role() != Role.MCP
        || Challenges.parse(response.headers().all("WWW-Authenticate")).resourceMetadata()
            != null) {
      return null;
    }
    if (Credentials.carriedBy(exchange.request())) {
      return Plan.skip(ACTION, "the request carried a credential, which was refused");
    }
    if (!exchange.request().url().equals(journey.endpoint())) {
      return Plan.skip(ACTION, "the answer came from another URL than the server's: a redirect");
    }
    return Plan.act(ACTION, new ResponseDecision.Deliver(SyntheticChallenge.on(response, journey)));
  }
}
