package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
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
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.AnswerBody;
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
        || exchange.followUp() == FollowUp.AUTOFIX
        || (login && !leadsToLogin(exchange))) {
      return;
    }
    String cause = cause(exchange, isHinted(exchange, server));
    if (cause == null) {
      strict(exchange, report);
      return;
    }
    Finding finding = finding(exchange, server, cause);
    boolean final_ =
        isHinted(exchange, server)
            || cause.equals("no-authorization-servers")
            || cause.equals("server-not-absolute")
            || cause.equals("wrong-type");
    if (final_) {
      report.found(finding);
    } else {
      // Another well-known URL may hold a good document.
      report.suspect(INFO.name(), now -> now.resourceMetadata() == null ? finding : null);
    }
  }

  /** What a lenient host takes, and a strict one drops the document for, if nothing follows. */
  private static void strict(Exchange exchange, Report report) {
    ProtectedResourceMetadata document =
        exchange.status() == 200 ? ProtectedResourceMetadata.parse(exchange.responseBody()) : null;
    if (document == null) {
      return;
    }
    String member = null;
    for (String each : document.wrongTypes()) {
      member = each.startsWith("resource ") ? member : each; // resource-mismatch
    }
    String media = exchange.mediaType();
    boolean typed = media != null && media.contains("json");
    if (member != null || !typed) {
      String wrong = member == null ? "Content-Type is " + media : member;
      report.suspect(
          INFO.name(), now -> wentOn(now) ? null : StrictHost.resource(INFO, exchange, now, wrong));
    }
  }

  /** Whether the host got further than the document. */
  private static boolean wentOn(McpServer server) {
    return server.discovery().server() != null
        || !server.discovery().serverFailures().isEmpty()
        || server.tokens().everRequested()
        || server.progress().waitingSince() == null;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    String hint = Challenges.in(exchange.responseHeaders()).resourceMetadata();
    if (exchange.status() != 401 || hint == null || !exchange.isMcp()) {
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
    } else if (url != null && server.isAt(url)) {
      cause = "hint-is-endpoint";
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
                + switch (cause) {
                  case "hint-not-https" -> "not an https URL.";
                  case "hint-is-endpoint" ->
                      "the MCP endpoint itself: a request for it is refused with 401 again.";
                  default -> "not an absolute URL.";
                })
        .saw(
            exchange.id(),
            "response.header.www-authenticate",
            hint,
            String.valueOf(WellKnown.protectedResource(server.endpoint()).get(0)))
        .step(
            cause.equals("hint-is-endpoint")
                ? "MCP server: name the metadata document instead: resource_metadata=\""
                    + WellKnown.protectedResource(server.endpoint()).get(0)
                    + "\", and serve it there without a login"
                : "MCP server: build the URL from the public address; behind a proxy, trust"
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
      Challenges challenges = Challenges.in(exchange.responseHeaders());
      // The scheme of what guards the whole site is another rule's, missing-resource-metadata's.
      boolean other = !challenges.all().isEmpty() && challenges.bearer() == null;
      return other && !hinted ? null : "needs-authorization";
    }
    if (status == 404 || status == 405 || status == 410) {
      return hinted ? "not-found" : null;
    }
    if (status == 429 || status >= 500 || status == 403) {
      return null; // rate-limited, server-error, blocked-before-server
    }
    if (AnswerBody.isHtml(exchange)) {
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
    if (document.isUsable()) {
      boolean absolute =
          document.authorizationServers().stream().anyMatch(each -> isAbsolute(Urls.parse(each)));
      return absolute ? null : "server-not-absolute";
    }
    return document.wrongType("authorization_servers") == null
        ? "no-authorization-servers"
        : "wrong-type";
  }

  private static boolean isAbsolute(@Nullable URI url) {
    return url != null && Origin.of(url) != null;
  }

  private static Finding finding(Exchange exchange, McpServer server, String cause) {
    String second = cause.equals("not-found") ? server.discovery().secondHint() : null;
    if (second != null) {
      return twoHints(exchange, server, second);
    }
    ProtectedResourceMetadata document = ProtectedResourceMetadata.parse(exchange.responseBody());
    String wrong = document == null ? null : document.wrongType("authorization_servers");
    String words = wrong == null ? inWords(cause) : "is JSON, but " + wrong;
    return FindingBuilder.of(INFO, server)
        .cause(cause)
        .message(exchange.request().url() + " " + words + " (status " + exchange.status() + ").")
        .saw(
            exchange.id(),
            "response",
            words,
            "{\"resource\": \"" + server.resource() + "\", \"authorization_servers\": [\"…\"]}")
        .step(
            (wrong == null
                        && !cause.equals("no-authorization-servers")
                        && !cause.equals("server-not-absolute")
                    ? "MCP server: serve that JSON at "
                    : "MCP server: write \"authorization_servers\": [\"…\"] in the document at ")
                + WellKnown.protectedResource(server.endpoint()).get(0)
                + ", as application/json and without any login")
        .build();
  }

  /** One challenge names two documents, and the one that clients take is not there. */
  private static Finding twoHints(Exchange exchange, McpServer server, String second) {
    return FindingBuilder.of(INFO, server)
        .cause("two-hints")
        .message(
            "The challenge has the parameter resource_metadata twice. Clients take the first, "
                + exchange.request().url()
                + ", and nothing is there ("
                + exchange.status()
                + "); the second is "
                + second
                + ".")
        .saw(
            exchange.id(),
            "response.header.www-authenticate",
            "resource_metadata twice",
            "resource_metadata=\"" + second + "\" alone")
        .step(
            "MCP server: send one resource_metadata only, the second one: a parameter is allowed once"
                + " (RFC 9110 §11.2); a proxy or a second filter may add the other")
        .fixStep(
            MissingResourceMetadata.INFO,
            "looks for the document elsewhere, and shows it to your application")
        .build();
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "login-page" -> "redirects to a login page";
      case "needs-authorization" -> "itself asks for a login";
      case "not-found" -> "is what the challenge names, but nothing is there";
      case "html" -> "answers with an HTML page";
      case "server-not-absolute" ->
          "names authorization_servers, but none by an absolute https URL";
      case "not-json" -> "does not answer with a JSON object";
      default -> "names no authorization_servers";
    };
  }
}
