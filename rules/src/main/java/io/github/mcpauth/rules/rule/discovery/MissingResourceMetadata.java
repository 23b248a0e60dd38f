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
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A 401 to a request without a credential that does not say where to log in. Since 2025-11-25 the
 * hint may be left out if the well-known URL works, so a host that finds the metadata by itself
 * disproves it; so does a hint in any Bearer challenge.
 */
public final class MissingResourceMetadata implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.MISSING_RESOURCE_METADATA,
              "The server's 401 does not say where to log in",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Authorization: Protected Resource Metadata Discovery; RFC 9728 §5.1",
              FixSafety.SAFE)
          .asked(Phase.ANSWERED)
          .followsFrom(
              RuleNames.PROTECTED_RESOURCE_METADATA_INVALID, RuleNames.MALFORMED_CHALLENGE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    ResponseHead response = exchange.response();
    if (response == null
        || response.status() != 401
        || exchange.role() != Role.MCP
        || Credentials.carriedBy(exchange.request())
        || server.newestToken() != null
        || server.resourceMetadata() != null) {
      return;
    }
    var lines = response.headers().all("WWW-Authenticate");
    if (Challenges.parse(lines).resourceMetadata() == null) {
      String observed = lines.isEmpty() ? "absent" : String.join(", ", lines);
      report.suspect(INFO.name(), now -> judge(exchange.id(), observed, now));
    }
  }

  private static @Nullable Finding judge(long exchangeId, String observed, McpServer server) {
    if (server.resourceMetadata() != null || server.waitingSince() == null) {
      return null;
    }
    URI document = WellKnown.protectedResource(server.endpoint()).get(0);
    String header = "WWW-Authenticate: Bearer resource_metadata=\"" + document + "\"";
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .message(message(observed, server))
            .saw(exchangeId, "response.header.www-authenticate", observed, header)
            .step("MCP server: answer such a request with 401 and " + header)
            .step(
                "MCP server: serve the document at that URL (RFC 9728 §2), for example"
                    + " {\"resource\": \""
                    + server.resource()
                    + "\", \"authorization_servers\": [\""
                    + issuer(server)
                    + "\"]}")
            .step(
                "Until then, in this JVM: -D"
                    + INFO.fixProperty()
                    + "=on completes the challenge on the fly");
    boolean certain = !server.discovery().resourceFailures().isEmpty();
    return finding.confidence(certain ? Confidence.CERTAIN : Confidence.LIKELY).build();
  }

  private static String message(String observed, McpServer server) {
    StringBuilder text = new StringBuilder(200);
    text.append("The server answered 401 to a request without a token; ");
    text.append(
        observed.equals("absent")
            ? "the answer has no WWW-Authenticate header"
            : "its WWW-Authenticate header has no resource_metadata: " + observed);
    if (server.discovery().resourceFailures().isEmpty()) {
      text.append("; the host did not look for the metadata elsewhere");
    } else {
      text.append("; there is no metadata either at ");
      text.append(String.join(" nor at ", server.discovery().resourceFailures()));
    }
    var own = server.discovery().own();
    if (own != null) {
      text.append("; the server is its own authorization server (").append(own.issuer());
      text.append(", as in revision 2025-03-26)");
    }
    return text.append('.').toString();
  }

  private static String issuer(McpServer server) {
    var own = server.discovery().own();
    return own == null || own.issuer() == null ? "<issuer URL>" : own.issuer();
  }
}
