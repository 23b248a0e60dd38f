package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
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
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.Exchanges;
import io.github.mcpauth.rules.reading.LoginPages;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The protected resource's metadata cannot be used: the document that the challenge names is not
 * there, is a page, is no JSON, or names no authorization server. A 404 at one of several places
 * that a host tries by itself is normal.
 */
public final class ProtectedResourceMetadataInvalid implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.PROTECTED_RESOURCE_METADATA_INVALID,
              "The server's protected resource metadata cannot be used",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9728 §2, §3; MCP 2025-11-25, Authorization: Authorization Server Location",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.LEARNED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean login = exchange.status() >= 301 && exchange.status() <= 308;
    if (exchange.role() != Role.PROTECTED_RESOURCE_METADATA
        || exchange.cause() == Cause.AUTOFIX
        || (login && !leadsToLogin(exchange))) {
      return;
    }
    String cause = cause(exchange, isHinted(exchange, server));
    if (cause == null) {
      return;
    }
    Finding finding = finding(exchange, server, cause);
    boolean final_ = isHinted(exchange, server) || cause.equals("no-authorization-servers");
    if (final_) {
      report.found(finding);
    } else {
      // Another well-known URL may hold a good document.
      report.suspect(INFO.name(), now -> now.resourceMetadata() == null ? finding : null);
    }
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    String hint = Exchanges.challenges(exchange).resourceMetadata();
    if (exchange.status() != 401 || hint == null || !Exchanges.isMcp(exchange)) {
      return;
    }
    URI url = Urls.parse(hint);
    Origin own = server.origin();
    Origin named = url == null ? null : Origin.of(url);
    String cause = null;
    if (named == null) {
      cause = "hint-not-absolute";
    } else if (own != null && own.scheme().equals("https") && named.scheme().equals("http")) {
      cause = "hint-not-https";
    }
    if (cause != null) {
      String why = cause;
      report.suspect(
          INFO.name() + "-hint",
          now -> now.resourceMetadata() != null ? null : hint(exchange, now, hint, why));
    }
  }

  private static Finding hint(Exchange exchange, McpServer server, String hint, String cause) {
    return FindingBuilder.of(INFO, server)
        .cause(cause)
        .message(
            "The challenge names "
                + hint
                + " as its metadata, which is "
                + (cause.equals("hint-not-https") ? "not an https" : "not an absolute")
                + " URL.")
        .saw(
            exchange.id(),
            "response.header.www-authenticate",
            hint,
            String.valueOf(WellKnown.protectedResource(server.endpoint()).get(0)))
        .step(
            "MCP server: build the URL from the public address; behind a proxy, trust"
                + " X-Forwarded-Proto and X-Forwarded-Host")
        .build();
  }

  private static boolean leadsToLogin(Exchange exchange) {
    URI url = Urls.parse(exchange.responseHeaders().first("Location"));
    return url != null && LoginPages.leadsToOne(exchange.request().url().resolve(url));
  }

  private static boolean isHinted(Exchange exchange, McpServer server) {
    return exchange.request().url().toString().equals(server.discovery().hint());
  }

  private static @Nullable String cause(Exchange exchange, boolean hinted) {
    int status = exchange.status();
    if (status >= 300 && status < 400) {
      return "login-page";
    }
    if (status == 401) {
      return "needs-authorization";
    }
    if (status == 404 || status == 405 || status == 410) {
      return hinted ? "not-found" : null;
    }
    if (status == 429 || status >= 500 || status == 403) {
      return null; // rate-limited, server-error, blocked-before-server
    }
    if (Exchanges.isHtml(exchange)) {
      return "html";
    }
    if (status != 200) {
      return hinted ? "not-found" : null;
    }
    if (!exchange.responseBody().isWhole()) {
      return null; // Not read to the end: nothing is known.
    }
    ProtectedResourceMetadata document = ProtectedResourceMetadata.parse(exchange.responseBody());
    if (document == null) {
      return "not-json";
    }
    return document.isUsable() ? null : "no-authorization-servers";
  }

  private static Finding finding(Exchange exchange, McpServer server, String cause) {
    return FindingBuilder.of(INFO, server)
        .cause(cause)
        .message(
            exchange.request().url()
                + " "
                + inWords(cause)
                + " (status "
                + exchange.status()
                + ").")
        .saw(
            exchange.id(),
            "response",
            inWords(cause),
            "{\"resource\": \"" + server.resource() + "\", \"authorization_servers\": [\"…\"]}")
        .step(
            "MCP server: serve that JSON at "
                + WellKnown.protectedResource(server.endpoint()).get(0)
                + ", as application/json and without any login")
        .build();
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "login-page" -> "redirects to a login page";
      case "needs-authorization" -> "itself asks for a login";
      case "not-found" -> "is what the challenge names, but nothing is there";
      case "html" -> "answers with an HTML page";
      case "not-json" -> "does not answer with a JSON object";
      default -> "names no authorization_servers";
    };
  }
}
