package io.github.mcpauth.rules.diagnosis.discovery;

import io.github.mcpauth.rules.diagnosis.Actor;
import io.github.mcpauth.rules.diagnosis.Exchanges;
import io.github.mcpauth.rules.diagnosis.Finding;
import io.github.mcpauth.rules.diagnosis.Findings;
import io.github.mcpauth.rules.diagnosis.FixSafety;
import io.github.mcpauth.rules.diagnosis.Report;
import io.github.mcpauth.rules.diagnosis.Rule;
import io.github.mcpauth.rules.diagnosis.RuleInfo;
import io.github.mcpauth.rules.diagnosis.Severity;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
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
public final class ServerMetadataUnavailable implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
          "authorization-server-metadata-unavailable",
          "The authorization server's metadata is not to be had",
          Severity.ERROR,
          Actor.AUTHORIZATION_SERVER,
          "RFC 8414 §3; MCP 2025-11-25, Authorization Server Metadata Discovery",
          FixSafety.SAFE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, Journey journey, Report report) {
    if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
        && !journey.discovery().serverFailures().isEmpty()
        && journey.discovery().server() == null
        && !(exchange.status() >= 300 && exchange.status() < 400)
        && exchange.status() != 429) {
      boolean html = exchange.status() == 200 && Exchanges.isHtml(exchange);
      report.suspect(INFO.name(), now -> judge(exchange, html, now));
    }
  }

  private static @Nullable Finding judge(Exchange exchange, boolean html, Journey journey) {
    if (journey.discovery().server() != null || journey.tokens().everRequested()) {
      return null;
    }
    Map<String, String> failures = journey.discovery().serverFailures();
    List<String> untried = untried(journey, failures.keySet());
    List<String> tried = new ArrayList<>();
    failures.forEach((url, answer) -> tried.add(url + " (" + answer + ")"));
    String cause = untried.isEmpty() ? (html ? "html" : "not-found") : "places-not-tried";
    Findings finding =
        Findings.of(INFO, journey)
            .cause(cause)
            .actor(untried.isEmpty() ? Actor.AUTHORIZATION_SERVER : Actor.HOST)
            .message(
                "The host looked for the authorization server's metadata at "
                    + String.join(", ", tried)
                    + (untried.isEmpty()
                        ? "; that are all the places there are."
                        : "; it did not look at " + String.join(", ", untried) + "."))
            .saw(exchange.id(), "response", Exchanges.answer(exchange), "200, application/json");
    if (!untried.isEmpty()) {
      finding
          .step(
              "Host: try the well-known URLs in the specification's order: "
                  + String.join(", ", places(journey)))
          .fixStep("tries them for the host");
    }
    return finding
        .step(
            "Authorization server: serve its metadata (RFC 8414 or OpenID Connect Discovery) there,"
                + " without login")
        .step(
            "MCP server: check the issuer in authorization_servers: "
                + String.join(", ", issuers(journey)))
        .build();
  }

  private static List<String> issuers(Journey journey) {
    ProtectedResourceMetadata document = journey.resourceMetadata();
    return document == null
        ? List.of(String.valueOf(journey.origin()))
        : document.authorizationServers();
  }

  private static List<String> places(Journey journey) {
    List<String> places = new ArrayList<>();
    for (String issuer : issuers(journey)) {
      URI url = Urls.parse(issuer);
      if (url != null) {
        WellKnown.authorizationServer(url).forEach(each -> places.add(each.toString()));
      }
    }
    return places;
  }

  private static List<String> untried(Journey journey, Set<String> tried) {
    List<String> untried = new ArrayList<>();
    if (journey.resourceMetadata() != null) {
      for (String place : places(journey)) {
        if (!tried.contains(place)) {
          untried.add(place);
        }
      }
    }
    return untried;
  }
}
