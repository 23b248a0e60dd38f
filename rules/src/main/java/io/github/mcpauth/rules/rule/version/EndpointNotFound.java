package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.Exchange;
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
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.Gateway;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Nothing of MCP is at the URL: 404 (or 410) to the request that connects. A probe that a host
 * makes before it connects in another way, an unknown method (-32601) or a session disproves it.
 */
public final class EndpointNotFound implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.ENDPOINT_NOT_FOUND,
              "There is no MCP endpoint at this URL",
              Severity.ERROR,
              Actor.USER,
              "MCP 2025-11-25, Transports: Streamable HTTP (one MCP endpoint)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(RuleNames.WRONG_TRANSPORT);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean connects = McpRequest.connects(exchange);
    boolean opensSse = McpRequest.opensStream(exchange) && !server.progress().everConnected();
    if ((status != 404 && status != 410)
        || (!connects && !opensSse)
        || exchange.sessionId() != null
        || RpcError.code(exchange) == -32601) {
      return;
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && (words.isOfVendor() || words.cause().equals("gone"))) {
      return; // A product's own words, or that it was retired, say more: request-refused.
    }
    report.suspect(
        INFO.name(),
        now -> now.progress().takenBy() > exchange.id() ? null : finding(exchange, now));
  }

  private static Finding finding(Exchange exchange, McpServer server) {
    URI url = exchange.request().url();
    String published = published(server);
    boolean lost = published != null && !published.equals(server.withoutQuery());
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String cause = lost ? "path-lost" : path.length() <= 1 ? "no-path" : "not-found";
    Gateway gateway = AnswerBody.isJson(exchange) ? null : Gateway.of(exchange);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .confidence(Confidence.LIKELY)
            .message(
                "The server answered "
                    + exchange.status()
                    + " to "
                    + exchange.request().method()
                    + " "
                    + url
                    + (lost
                        ? "; its own metadata names " + published + "."
                        : "; no MCP server answers there.")
                    + (gateway == null || lost
                        ? ""
                        : " What answers is, or stands behind, " + gateway.name() + "."))
            .saw(
                exchange.id(),
                "url.full",
                url.toString(),
                lost ? String.valueOf(published) : "the URL of the MCP endpoint");
    if (lost) {
      finding.step("User: configure " + published);
    } else {
      finding.step(
          "User: check the URL in your application's configuration, most often the path (/mcp, /sse,"
              + " a prefix of a gateway)");
      if (gateway != null) {
        finding.step(
            "Network: see whether "
                + gateway.name()
                + " has a route (virtual host, location, backend) for this host and path; the log of"
                + " the server behind it tells whether the request got there");
      }
    }
    return finding
        .step(
            "Your application: base URL and endpoint are resolved like links: a path in the base URL is dropped"
                + " when the endpoint starts with \"/\" (MCP Java SDK: give .endpoint(\"/prefix/mcp\"))")
        .build();
  }

  private static @Nullable String published(McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    URI resource = document == null ? null : Urls.parse(document.resource());
    Origin origin = server.origin();
    if (resource == null || origin == null || !origin.contains(resource)) {
      return null;
    }
    String path = resource.getRawPath();
    return path == null || path.length() <= 1 ? null : Urls.canonical(resource);
  }
}
