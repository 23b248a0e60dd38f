package io.github.mcpauth.rules.rule.redirect;

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
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.LoginPages;
import io.github.mcpauth.rules.reading.McpRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The server answers with a redirect that the host does not follow: java.net.http follows none
 * unless told to, so MCP SDKs fail with a message that has no status. A hop that follows disproves
 * it.
 */
public final class RedirectNotFollowed implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "redirect-not-followed",
              "The server redirects, and your application does not follow",
              Severity.ERROR,
              Actor.USER,
              "RFC 9110 §15.4",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  /** Pages to which sites lead all requests while they are away. */
  private static final Set<String> AWAY =
      Set.of("maintenance", "unavailable", "sorry", "offline", "down");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    String location = redirect ? exchange.responseHeaders().first("Location") : null;
    URI url = Urls.parse(location);
    // The older transport begins with its event stream; later, a stream is optional.
    boolean opens = McpRequest.opensStream(exchange) && !server.progress().everSaid();
    boolean document =
        exchange.role() == Role.PROTECTED_RESOURCE_METADATA
            || exchange.role() == Role.AUTHORIZATION_SERVER_METADATA;
    if (url == null || (!McpRequest.isMessage(exchange) && !opens && !document)) {
      return;
    }
    URI target = exchange.request().url().resolve(url);
    if (LoginPages.leadsToOne(target)) {
      return;
    }
    if (document) {
      report.suspect(
          INFO.name() + "-document",
          now -> foundAt(exchange, now) ? null : ofDocument(exchange, target, now));
      return;
    }
    report.suspect(
        INFO.name(), now -> followed(exchange, now) ? null : finding(exchange, target, now));
  }

  private static boolean followed(Exchange exchange, McpServer server) {
    return server.history().isFollowed(exchange.id())
        || server.progress().takenBy() > exchange.id();
  }

  /** Whether the document was found, there or elsewhere, or was not needed. */
  private static boolean foundAt(Exchange exchange, McpServer server) {
    boolean resource = exchange.role() == Role.PROTECTED_RESOURCE_METADATA;
    return server.history().isFollowed(exchange.id())
        || (resource && server.resourceMetadata() != null)
        || server.discovery().server() != null
        || server.tokens().everRequested()
        || server.progress().waitingSince() == null;
  }

  private static Finding ofDocument(Exchange exchange, URI target, McpServer server) {
    Actor party = Actor.serving(exchange.role());
    return FindingBuilder.of(INFO, server)
        .cause("document-moved")
        .actor(Actor.HOST)
        .confidence(Confidence.LIKELY)
        .message(
            "The request for the metadata at "
                + exchange.request().url()
                + " was answered "
                + exchange.status()
                + " with Location "
                + target
                + ", and your application left it at that.")
        .saw(exchange.id(), "response.header.location", target.toString(), "the document")
        .step(
            "Your application: follow redirects of metadata (java.net.http:"
                + " followRedirects(HttpClient.Redirect.NORMAL))")
        .step(party.inWords() + ": serve the document directly, without a redirect")
        .build();
  }

  private static Finding finding(Exchange exchange, URI target, McpServer server) {
    URI url = exchange.request().url();
    boolean slash = String.valueOf(target.getRawPath()).equals(url.getRawPath() + "/");
    boolean sameHost = Origin.haveSameHost(url, target);
    boolean fell =
        "https".equalsIgnoreCase(url.getScheme()) && "http".equalsIgnoreCase(target.getScheme());
    if (isAway(String.valueOf(target.getRawPath()))) {
      return away(exchange, target, server);
    }
    boolean intercepted = !sameHost && carries(target, url);
    if (intercepted) {
      return intercepted(exchange, target, server);
    }
    String advised = fell && sameHost ? overHttps(url, target) : target.toString();
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(fell ? "scheme-downgraded" : slash ? "trailing-slash" : "moved")
            .confidence(fell || slash ? Confidence.CERTAIN : Confidence.LIKELY)
            .actor(fell ? Actor.NETWORK : Actor.USER)
            .message(
                "The server answered "
                    + exchange.status()
                    + " with Location "
                    + target
                    + (fell ? ", which is plain http instead of https" : "")
                    + ", and your application left it at that"
                    + (slash ? ": the configured URL lacks the trailing slash." : "."))
            .saw(exchange.id(), "response.header.location", target.toString(), "no redirect");
    if (fell) {
      finding
          .step("Network: let the proxy that ends TLS set X-Forwarded-Proto, or rewrite Location")
          .step("MCP server: trust X-Forwarded-Proto of that proxy, so that Location is https");
    }
    boolean leadsOn = !advised.equals(url.toString());
    if (leadsOn) {
      finding.step(
          "User: configure the URL "
              + advised
              + " instead"
              + (fell && !sameHost ? ", with https if that server offers it" : ""));
    }
    if (slash) {
      finding.step("MCP server: serve the path with and without the slash");
    }
    if (leadsOn && sameHost) {
      finding.fixStep(RedirectBrokeRequest.INFO, "sends the request to " + advised);
    }
    return finding.build();
  }

  /** Whether the last segment of a path, without its ending, is the name of such a page. */
  private static boolean isAway(String path) {
    String segment = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    segment = segment.substring(segment.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int dot = segment.indexOf('.');
    return AWAY.contains(dot < 0 ? segment : segment.substring(0, dot));
  }

  private static Finding away(Exchange exchange, URI target, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("maintenance")
        .actor(Actor.MCP_SERVER)
        .confidence(Confidence.LIKELY)
        .message(
            "The server answered "
                + exchange.status()
                + " with Location "
                + target
                + ": a page for people that says that it is not there now, by its name.")
        .saw(exchange.id(), "response.header.location", target.toString(), "no redirect")
        .step(
            "MCP server: start it again, or finish its maintenance; answer 503 with Retry-After"
                + " meanwhile, not a redirect")
        .step("User: try again later")
        .build();
  }

  /** Whether the target takes the URL that was called along, to lead back there. */
  private static boolean carries(URI target, URI url) {
    String query = target.getQuery() == null ? "" : target.getQuery().toLowerCase(Locale.ROOT);
    Origin origin = Origin.of(url);
    return origin != null
        && (query.contains("//" + origin.host()) || query.contains('=' + origin.host()));
  }

  private static Finding intercepted(Exchange exchange, URI target, McpServer server) {
    Origin there = Origin.of(target);
    return FindingBuilder.of(INFO, server)
        .cause("intercepted")
        .actor(Actor.NETWORK)
        .confidence(Confidence.LIKELY)
        .message(
            "The answer "
                + exchange.status()
                + " leads to another host, "
                + (there == null ? target.getRawAuthority() : there.host())
                + ", and takes the URL of the MCP server along: a filter, a captive portal or a"
                + " sign-on in front of it answered, not the server.")
        .saw(exchange.id(), "response.header.location", target.toString(), "no redirect")
        .step(
            "Network: allow the MCP server's host in the filter or gateway, or exempt it from its"
                + " sign-on; a program cannot answer its pages")
        .step("User: open the URL in a browser once, if the network asks for a sign-on")
        .build();
  }

  /** The target in the origin that was called: a token never goes from https to http. */
  private static String overHttps(URI url, URI target) {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return Origin.of(url) + String.valueOf(target.getRawPath()) + query;
  }
}
