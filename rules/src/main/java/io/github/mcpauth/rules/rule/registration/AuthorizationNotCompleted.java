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
import java.util.List;
import java.util.stream.Collectors;
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

  private static List<String> doubts(Discovery.Found<AuthorizationServerMetadata> found) {
    return found.document().doubts(found.url().getPath().contains("openid-configuration"));
  }

  /** A strict client would have refused the document, and a lenient one have opened a browser. */
  private static Finding strict(Exchange exchange, List<String> doubts, McpServer server) {
    String members =
        doubts.stream()
            .map(each -> each.substring(0, each.indexOf(' ')))
            .collect(Collectors.joining(", "));
    return FindingBuilder.of(INFO, server)
        .cause("strict-client")
        .confidence(Confidence.POSSIBLE)
        .actor(Actor.AUTHORIZATION_SERVER)
        .detail("mcpauth.inferred", true)
        .message(
            "The authorization server's metadata was read, and no token request followed that this"
                + " agent saw. In it, "
                + String.join("; ", doubts)
                + ": strict clients refuse such a document. A login in a browser cannot be seen from"
                + " here.")
        .saw(exchange.id(), "response.json", String.join("; ", doubts), "RFC 8414 §2")
        .step(
            "Authorization server: correct its metadata: "
                + members
                + " as RFC 8414 §2 (for openid-configuration also OpenID Connect Discovery §3) has"
                + " them, endpoints as absolute URLs, and leave out what it does not offer; one that"
                + " is no OpenID provider has its document at /.well-known/oauth-authorization-server")
        .step("User: finish the login in the browser, if your application has opened one")
        .build();
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
    List<String> doubts = found == null ? List.of() : doubts(found);
    if (!doubts.isEmpty() && !server.discovery().isRegistering()) {
      return strict(exchange, doubts, server);
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
