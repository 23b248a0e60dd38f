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
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The protected resource's metadata names another resource than the server that the host called.
 * Equal URLs disprove it; the origin alone is right in the document at the root's well-known URL,
 * and only suspected where the host stops there.
 */
public final class ResourceMismatch implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.RESOURCE_MISMATCH,
              "The server's metadata names another resource than the URL that was called",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9728 §3.3; RFC 8707 §2; MCP 2025-11-25, Canonical Server URI",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.COMPLETED);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Where the document is right, a host may have other reasons to pause. */
  private static final Duration LATE = Duration.ofSeconds(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.role() != Role.PROTECTED_RESOURCE_METADATA || exchange.status() != 200) {
      return;
    }
    ProtectedResourceMetadata document = ProtectedResourceMetadata.parse(exchange.responseBody());
    if (document == null || !document.isUsable()) {
      return;
    }
    String wrong = document.wrongType("resource");
    String cause =
        wrong == null
            ? cause(document.resource(), exchange.request().url(), server.endpoint())
            : "wrong-type";
    if (cause == null) {
      return;
    }
    boolean root = cause.equals("origin-at-root");
    boolean strict = cause.equals("another-host");
    String named = wrong == null ? String.valueOf(document.resource()) : wrong;
    Finding finding = finding(exchange, server, named, cause);
    if (strict) {
      report.found(finding);
    } else {
      // Lenient hosts go on: only one that stops here is stopped by it.
      report.suspect(
          INFO.name(),
          root ? LATE : SOON,
          now ->
              now.discovery().server() != null
                      || now.tokens().everRequested()
                      || now.progress().waitingSince() == null
                  ? null
                  : finding);
    }
  }

  /** Why a resource is not the endpoint's, or null where it is. */
  static @Nullable String cause(@Nullable String resource, URI document, URI endpoint) {
    if (resource == null) {
      return "missing";
    }
    URI named = Urls.parse(resource);
    Origin origin = named == null ? null : Origin.of(named);
    Origin own = Origin.of(endpoint);
    if (named == null || origin == null || own == null) {
      return "missing";
    }
    if (resource.equals(endpoint.toString())) {
      return null;
    }
    if (!origin.host().equals(own.host())) {
      return "another-host";
    }
    if (!origin.equals(own)) {
      return origin.scheme().equals(own.scheme()) ? "another-port" : "another-scheme";
    }
    String path = path(named);
    String wanted = path(endpoint);
    boolean root = "/.well-known/oauth-protected-resource".equals(document.getRawPath());
    if (path.isEmpty() && !wanted.isEmpty()) {
      return root ? "origin-at-root" : "origin-only";
    }
    if (path.equals(wanted)) {
      if (endpoint.getRawQuery() != null && named.getRawQuery() == null) {
        return "query";
      }
      boolean slash = resource.endsWith("/") != endpoint.toString().endsWith("/");
      return slash ? "trailing-slash" : "spelling";
    }
    return "another-path";
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Finding finding(Exchange exchange, McpServer server, String named, String cause) {
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .severity(cause.equals("origin-at-root") ? Severity.WARNING : Severity.ERROR)
            .confidence(cause.equals("origin-at-root") ? Confidence.POSSIBLE : Confidence.LIKELY)
            .message(
                "The metadata at "
                    + exchange.request().url()
                    + switch (cause) {
                      case "missing" -> " names no resource";
                      case "wrong-type" -> " cannot be compared: " + named;
                      default -> " names the resource " + named;
                    }
                    + "; the URL that was called is "
                    + server.endpoint()
                    + (cause.equals("wrong-type") || cause.equals("missing")
                        ? ""
                        : " (" + cause.replace('-', ' ') + ")")
                    + (cause.equals("origin-at-root")
                        ? ". That is right for the document of the whole origin, but some clients want"
                            + " their own URL there, and your application has not gone on."
                        : ". Strict clients must not use such a document."))
            .saw(
                exchange.id(),
                "response.json.resource",
                cause.equals("missing") ? "absent" : named,
                server.endpoint().toString())
            .step(
                "MCP server: publish \"resource\": \""
                    + server.endpoint()
                    + "\"; behind a proxy, build it from the public address"
                    + (cause.equals("another-scheme")
                        ? ": have the proxy that ends TLS send X-Forwarded-Proto: https, and trust it"
                        : ""))
            .step("User: or configure the URL that the server publishes, if it is the same server");
    URI url = Urls.parse(named);
    boolean same = cause.equals("trailing-slash") || cause.equals("spelling");
    if (same && url != null && url.getRawQuery() == null && url.getRawFragment() == null) {
      finding.fixStep("shows your application the resource as your application spells it");
    }
    return finding.build();
  }
}
