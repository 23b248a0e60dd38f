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
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * There is no way to become a client: nothing registers at the endpoint that the host guessed, or
 * the metadata names neither a registration endpoint nor client metadata documents. A token request
 * disproves it: the host had a client id.
 */
public final class ClientRegistrationUnavailable implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.CLIENT_REGISTRATION_UNAVAILABLE,
              "The authorization server registers no clients by itself",
              Severity.ERROR,
              Actor.USER,
              "MCP 2025-11-25, Client Registration Approaches; RFC 7591 §3",
              FixSafety.NONE)
          .asked(Phase.LEARNED)
          .followsFrom(DiscoveryRules.names());

  /** A host that is configured with a client id lets its user log in first, unseen. */
  private static final Duration LOGIN = Duration.ofSeconds(30);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role() == Role.REGISTRATION && (status == 404 || status == 405 || status == 501)) {
      report.suspect(INFO.name(), now -> notThere(exchange, now));
    } else if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA && status == 200) {
      AuthorizationServerMetadata document =
          AuthorizationServerMetadata.parse(exchange.responseBody());
      if (document != null
          && document.isUsable()
          && document.authorizationEndpoint() != null
          && document.registrationEndpoint() == null
          && !document.takesMetadataDocuments()) {
        report.suspect(INFO.name(), LOGIN, now -> notOffered(exchange, document, now));
      }
    }
  }

  private static @Nullable Finding notThere(Exchange exchange, McpServer server) {
    var metadata = server.discovery().server();
    String endpoint = metadata == null ? null : metadata.document().registrationEndpoint();
    boolean advertised = endpoint != null;
    if (server.tokens().everRequested()) {
      return null;
    }
    return endpoint != null && !exchange.request().url().toString().equals(endpoint)
        ? elsewhere(exchange, server, endpoint)
        : remedy(
            FindingBuilder.of(INFO, server)
                .cause(advertised ? "endpoint-broken" : "endpoint-guessed")
                .actor(advertised ? Actor.AUTHORIZATION_SERVER : Actor.USER)
                .message(
                    "Your application tried to register at "
                        + exchange.request().url()
                        + " and got "
                        + exchange.status()
                        + (advertised
                            ? ", although the metadata names this endpoint."
                            : "; no metadata names this endpoint, your application guessed it."))
                .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "201"),
            advertised);
  }

  /** The metadata was read, and another endpoint than the one that it names was asked. */
  private static Finding elsewhere(Exchange exchange, McpServer server, String endpoint) {
    return FindingBuilder.of(INFO, server)
        .cause("endpoint-ignored")
        .actor(Actor.HOST)
        .confidence(Confidence.LIKELY)
        .message(
            "Your application tried to register at "
                + exchange.request().url()
                + " and got "
                + exchange.status()
                + "; the metadata that it read names another registration_endpoint: "
                + endpoint
                + ".")
        .saw(exchange.id(), "url.full", exchange.request().url().toString(), endpoint)
        .step(
            "Your application: register at the registration_endpoint of the metadata: " + endpoint)
        .step("User: or configure a client_id that was registered by hand")
        .build();
  }

  private static @Nullable Finding notOffered(
      Exchange exchange, AuthorizationServerMetadata document, McpServer server) {
    return server.tokens().everRequested() || server.progress().waitingSince() == null
        ? null
        : remedy(
            FindingBuilder.of(INFO, server)
                .cause("not-offered")
                .confidence(Confidence.LIKELY)
                .message(
                    "The metadata of "
                        + document.issuer()
                        + " has no registration_endpoint and does not take client metadata"
                        + " documents; your application asked for no token after reading it."
                        + (document.doubts(false).isEmpty()
                            ? ""
                            : " Strict clients refuse that document all the same: in it, "
                                + String.join("; ", document.doubts(false))
                                + "."))
                .saw(exchange.id(), "response.json.registration_endpoint", "absent", "a URL"),
            false);
  }

  private static Finding remedy(FindingBuilder finding, boolean broken) {
    if (broken) {
      finding.step(
          "Authorization server: take POST at the registration_endpoint that its metadata names, in"
              + " the proxy before it as well; or leave that out of the metadata");
    }
    return finding
        .step(
            "User: register your application by hand at the authorization server, and configure the"
                + " client_id (and secret) in your application")
        .step("Authorization server: or offer client metadata documents or dynamic registration")
        .build();
  }
}
