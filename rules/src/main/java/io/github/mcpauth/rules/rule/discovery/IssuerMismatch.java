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
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server's metadata names another issuer than the one it was looked up for. The
 * identical string disproves it; one trailing slash is a mismatch, and is named as that.
 */
public final class IssuerMismatch implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.ISSUER_MISMATCH,
              "The authorization server's metadata names another issuer",
              Severity.ERROR,
              Actor.AUTHORIZATION_SERVER,
              "RFC 8414 §3.3; MCP 2026-07-28, Authorization Server Metadata Validation",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    ProtectedResourceMetadata resource = server.resourceMetadata();
    if (exchange.role() != Role.AUTHORIZATION_SERVER_METADATA
        || exchange.status() != 200
        || resource == null) {
      return;
    }
    AuthorizationServerMetadata document =
        AuthorizationServerMetadata.parse(exchange.responseBody());
    String issuer = document == null ? null : document.issuer();
    if (issuer == null) {
      return;
    }
    String wanted = lookedUp(exchange.request().url(), resource);
    if (wanted == null || wanted.equals(issuer)) {
      return;
    }
    String cause = cause(wanted, issuer);
    FindingBuilder draft =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .confidence(Confidence.LIKELY) // Which of the two documents is wrong, neither tells.
            .message(
                "The metadata at "
                    + exchange.request().url()
                    + " says issuer "
                    + issuer
                    + "; the MCP server names "
                    + wanted
                    + (cause.equals("trailing-slash")
                        ? ". They differ by a trailing slash, which counts."
                        : "."))
            .saw(exchange.id(), "response.json.issuer", issuer, wanted)
            .step(
                "MCP server: write the issuer in authorization_servers exactly as the"
                    + " authorization server's metadata does: "
                    + issuer)
            .step("Authorization server: or publish the issuer under which it is known: " + wanted);
    if (isRootSlash(wanted, issuer)) {
      draft.fixStep("shows your application the issuer as the MCP server spells it");
    }
    Finding finding = draft.build();
    if (cause.equals("trailing-slash")) {
      // Lenient hosts go on.
      report.suspect(INFO.name(), now -> now.tokens().everRequested() ? null : finding);
    } else {
      report.found(finding);
    }
  }

  /** The issuer that this URL is a well-known URL of, or null where it is of none. */
  static @Nullable String lookedUp(URI url, ProtectedResourceMetadata resource) {
    for (String issuer : resource.authorizationServers()) {
      URI parsed = Urls.parse(issuer);
      if (parsed != null && WellKnown.authorizationServer(parsed).contains(url)) {
        return issuer;
      }
    }
    return null;
  }

  static String cause(String wanted, String issuer) {
    if (strip(wanted).equals(strip(issuer))) {
      return "trailing-slash";
    }
    URI named = Urls.parse(issuer);
    URI expected = Urls.parse(wanted);
    Origin origin = named == null ? null : Origin.of(named);
    return origin != null && expected != null && origin.contains(expected)
        ? "another-path"
        : "another-origin";
  }

  /** {@code https://as.example} and {@code https://as.example/} are one URL (RFC 3986 §6.2.3). */
  private static boolean isRootSlash(String one, String other) {
    URI url = Urls.parse(strip(one));
    return strip(one).equals(strip(other))
        && url != null
        && "".equals(url.getRawPath())
        && url.getRawQuery() == null;
  }

  private static String strip(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
