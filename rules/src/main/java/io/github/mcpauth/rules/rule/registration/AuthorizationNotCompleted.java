package io.github.mcpauth.rules.rule.registration;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
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
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Discovery;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Discovery went well and no token was asked for: the login in the browser did not come back, or
 * the token was fetched where this agent does not look. Inferred, since browsers are not seen; a
 * token request disproves it.
 */
public final class AuthorizationNotCompleted implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "authorization-not-completed",
              "A login was prepared, but no token was asked for",
              Severity.NOTE,
              Actor.USER,
              "RFC 6749 §4.1; RFC 8252 §7.3 (loopback redirects)",
              FixSafety.NONE)
          .asked(Phase.LEARNED)
          .with(Trait.FOLLOWS_FROM_ANY);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    boolean prepared =
        (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
                && server.discovery().server() != null)
            || (exchange.role() == Role.REGISTRATION && exchange.status() == 201);
    if (prepared && !server.tokens().everRequested()) {
      report.suspect(INFO.name(), PATIENCE, now -> judge(exchange, now));
    }
  }

  /** The first endpoint of a login that is named with plain http, other than on this machine. */
  private static @Nullable String plainEndpoint(AuthorizationServerMetadata document) {
    for (String each :
        new String[] {
          document.authorizationEndpoint(),
          document.tokenEndpoint(),
          document.registrationEndpoint()
        }) {
      URI url = Urls.parse(each);
      Origin origin = url == null ? null : Origin.of(url);
      if (origin != null && !origin.isHttps() && !origin.isLoopback()) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Finding judge(Exchange exchange, McpServer server) {
    if (server.tokens().everRequested() || server.progress().waitingSince() == null) {
      return null;
    }
    Discovery.Found<AuthorizationServerMetadata> found = server.discovery().server();
    String plain = found == null ? null : plainEndpoint(found.document());
    if (plain != null) {
      return FindingBuilder.of(INFO, server)
          .cause("plain-endpoint")
          .confidence(Confidence.POSSIBLE)
          .actor(Actor.AUTHORIZATION_SERVER)
          .detail("mcpauth.inferred", true)
          .message(
              "The authorization server's metadata was read, and no token request followed that this"
                  + " agent saw. It names an endpoint with plain http, "
                  + plain
                  + ", which clients must not use.")
          .saw(exchange.id(), "endpoint", plain, "an https URL")
          .step(
              "Authorization server: publish https URLs; behind a proxy that ends TLS, configure the"
                  + " external URL, or have the proxy send X-Forwarded-Proto, and trust that proxy")
          .step("User: finish the login in the browser, if your application has opened one")
          .build();
    }
    return FindingBuilder.of(INFO, server)
        .confidence(Confidence.POSSIBLE)
        .detail("mcpauth.inferred", true)
        .message(
            "The authorization server's metadata was read, and no token request followed that this"
                + " agent saw. The browser's part cannot be seen from here.")
        .saw(exchange.id(), "exchange.role", exchange.role().label(), "a token request")
        .step(
            "User: finish the login in the browser; if it shows an error (redirect_uri mismatch,"
                + " HTTP 431 on localhost), read it there. For 431, clear the cookies of localhost or"
                + " use 127.0.0.1")
        .step(
            "Your application: check that the redirect URI is the registered one, and its listener reachable")
        .build();
  }
}
