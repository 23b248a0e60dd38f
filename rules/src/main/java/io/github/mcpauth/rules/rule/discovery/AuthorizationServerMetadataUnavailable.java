package io.github.mcpauth.rules.rule.discovery;

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
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.AnswerBody;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server's metadata is at none of the places where the host looked. A good
 * document at one of them disproves it; a 404 at the first of several is normal.
 */
public final class AuthorizationServerMetadataUnavailable implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.AUTHORIZATION_SERVER_METADATA_UNAVAILABLE,
              "The authorization server's metadata is not to be had",
              Severity.ERROR,
              Actor.AUTHORIZATION_SERVER,
              "RFC 8414 §3; MCP 2025-11-25, Authorization Server Metadata Discovery",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.LEARNED)
          .followsFrom(
              RuleNames.MISSING_RESOURCE_METADATA,
              RuleNames.PROTECTED_RESOURCE_METADATA_INVALID,
              RuleNames.RESOURCE_MISMATCH);

  /** Last segments of URLs that are endpoints or documents of an issuer, and no issuer. */
  private static final Set<String> NO_ISSUER =
      Set.of(
          "authorize",
          "authorization",
          "auth",
          "token",
          "login",
          "userinfo",
          "openid-configuration",
          "oauth-authorization-server");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
        && !server.discovery().serverFailures().isEmpty()
        && server.discovery().server() == null
        && !(exchange.status() >= 300 && exchange.status() < 400)
        && exchange.status() != 429) {
      boolean html = exchange.status() == 200 && AnswerBody.isHtml(exchange);
      report.suspect(INFO.name(), now -> judge(exchange, html, now));
    }
    var found = server.discovery().server();
    if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
        && found != null
        && found.exchangeId() == exchange.id()
        && isOfNoIssuer(exchange, found.document(), server)) {
      report.suspect(
          INFO.name(), now -> wentOn(now) ? null : elsewhere(exchange, found.document(), now));
    }
    if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
        && found != null
        && found.exchangeId() == exchange.id()
        && !found.document().wrongTypes().isEmpty()) {
      report.suspect(
          INFO.name(),
          now -> wentOn(now) ? null : StrictHost.wrongTypes(INFO, exchange, found.document(), now));
    }
  }

  /** Whether the host got further, so that nothing of this stopped it. */
  private static boolean wentOn(McpServer server) {
    return server.tokens().everRequested()
        || server.discovery().isRegistering()
        || server.progress().waitingSince() == null;
  }

  /** Whether a document is at none of the places of the issuers that the server names. */
  private static boolean isOfNoIssuer(
      Exchange exchange, AuthorizationServerMetadata document, McpServer server) {
    ProtectedResourceMetadata resource = server.resourceMetadata();
    String issuer = document.issuer();
    return resource != null
        && issuer != null
        && IssuerMismatch.lookedUp(exchange.request().url(), resource) == null
        && !resource.authorizationServers().contains(issuer);
  }

  /** Another issuer's document was read in the place of the one that the server names. */
  private static Finding elsewhere(
      Exchange exchange, AuthorizationServerMetadata document, McpServer server) {
    List<String> places = places(server);
    return FindingBuilder.of(INFO, server)
        .cause("places-not-tried")
        .actor(Actor.HOST)
        .confidence(Confidence.LIKELY)
        .message(
            "Your application read the metadata at "
                + exchange.request().url()
                + ", which is that of the issuer "
                + document.issuer()
                + "; the MCP server names "
                + String.join(", ", issuers(server))
                + ", whose metadata is looked up at "
                + String.join(", ", places)
                + ".")
        .saw(
            exchange.id(),
            "url.full",
            exchange.request().url().toString(),
            places.isEmpty() ? "a well-known URL of the issuer" : places.get(0))
        .step(
            "Your application: put the well-known segment before the path of the issuer, and try"
                + " the URLs in the specification's order: "
                + String.join(", ", places))
        .build();
  }

  private static @Nullable Finding judge(Exchange exchange, boolean html, McpServer server) {
    if (server.discovery().server() != null
        || server.tokens().everRequested()
        || server.progress().waitingSince() == null) {
      return null; // Found, not needed, or taken without a login.
    }
    Map<String, String> failures = server.discovery().serverFailures();
    List<String> untried = untried(server, failures.keySet());
    List<String> tried = new ArrayList<>();
    failures.forEach((url, answer) -> tried.add(url + " (" + answer + ")"));
    boolean document = !html && failures.values().stream().anyMatch(each -> each.contains(" "));
    String cause =
        untried.isEmpty() || document
            ? (html ? "html" : document ? "incomplete" : "not-found")
            : "places-not-tried";
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .actor(untried.isEmpty() || document ? Actor.AUTHORIZATION_SERVER : Actor.HOST)
            .message(
                "Your application looked for the authorization server's metadata at "
                    + String.join(", ", tried)
                    + (html ? "; the answer is a web page (HTML)" : "")
                    + (untried.isEmpty()
                        ? "; those are all the places there are."
                        : "; it did not look at " + String.join(", ", untried) + "."))
            .saw(exchange.id(), "response", exchange.outcome(), "200, application/json");
    String endpoint = endpoint(server);
    if (endpoint != null && !document) {
      finding
          .cause("issuer-is-endpoint")
          .actor(Actor.MCP_SERVER)
          .confidence(Confidence.LIKELY)
          .step(
              "MCP server: name the issuer in authorization_servers, as the authorization server's"
                  + " metadata has it, not one of its endpoints: "
                  + endpoint);
    }
    if (cause.equals("incomplete")) {
      finding.step(
          "Authorization server: complete its metadata: authorization_endpoint and token_endpoint,"
              + " beside issuer (RFC 8414 §2)");
    }
    if (!untried.isEmpty()) {
      finding
          .step(
              "Your application: try the well-known URLs in the specification's order: "
                  + String.join(", ", places(server)))
          .fixStep("tries them for your application");
    }
    return finding
        .step(
            "Authorization server: serve its metadata (RFC 8414 or OpenID Connect Discovery) there,"
                + " without login")
        .step(
            "MCP server: check the issuer in authorization_servers: "
                + String.join(", ", issuers(server)))
        .build();
  }

  /** What the server names as an authorization server, and is an endpoint of one; or null. */
  private static @Nullable String endpoint(McpServer server) {
    for (String issuer : issuers(server)) {
      URI url = Urls.parse(issuer);
      String path = url == null || url.getPath() == null ? "" : url.getPath();
      if (NO_ISSUER.contains(path.substring(path.lastIndexOf('/') + 1))) {
        return issuer;
      }
    }
    return null;
  }

  private static List<String> issuers(McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    return document == null
        ? List.of(String.valueOf(server.origin()))
        : document.authorizationServers();
  }

  private static List<String> places(McpServer server) {
    List<String> places = new ArrayList<>();
    for (String issuer : issuers(server)) {
      URI url = Urls.parse(issuer);
      if (url != null) {
        WellKnown.authorizationServer(url).forEach(each -> places.add(each.toString()));
      }
    }
    return places;
  }

  private static List<String> untried(McpServer server, Set<String> tried) {
    List<String> untried = new ArrayList<>();
    if (server.resourceMetadata() != null) {
      for (String place : places(server)) {
        if (!tried.contains(place)) {
          untried.add(place);
        }
      }
    }
    return untried;
  }
}
