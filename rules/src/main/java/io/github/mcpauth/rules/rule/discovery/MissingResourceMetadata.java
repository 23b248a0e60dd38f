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
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.UrlCredential;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
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
          .asked(Phase.ANSWERED, Phase.COMPLETED)
          .followsFrom(
              RuleNames.CREDENTIAL_MALFORMED,
              RuleNames.PROTECTED_RESOURCE_METADATA_INVALID,
              RuleNames.MALFORMED_CHALLENGE);

  /** Causes in the table of words that are a product's that guards the server. */
  private static final Set<String> GUARDED =
      Set.of("wrong-scheme", "guarded-in-front", "deployment-protection");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    look(exchange, server, report);
  }

  /** Once more, with what the answer says. */
  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (!exchange.responseBody().isEmpty()) {
      look(exchange, server, report);
    }
  }

  private static void look(Exchange exchange, McpServer server, Report report) {
    ResponseHead response = exchange.response();
    if (response == null
        || response.status() != 401
        || exchange.role() != Role.MCP
        || Credentials.carriedBy(exchange.request())
        || UrlCredential.isRefused(exchange)
        || server.newestToken() != null
        || server.resourceMetadata() != null) {
      return;
    }
    var lines = response.headers().all("WWW-Authenticate");
    Challenges challenges = Challenges.parse(lines);
    if (challenges.resourceMetadata() == null) {
      String observed = lines.isEmpty() ? "absent" : String.join(", ", lines);
      report.suspect(INFO.name(), now -> judge(exchange, challenges, observed, now));
    }
  }

  private static @Nullable Finding judge(
      Exchange exchange, Challenges challenges, String observed, McpServer server) {
    if (server.resourceMetadata() != null || server.progress().waitingSince() == null) {
      return null;
    }
    URI document = WellKnown.protectedResource(server.endpoint()).get(0);
    String header = "WWW-Authenticate: Bearer resource_metadata=\"" + document + "\"";
    boolean certain = !server.discovery().resourceFailures().isEmpty();
    String renamed = observed.equals("absent") ? renamed(exchange) : null;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .confidence(certain ? Confidence.CERTAIN : Confidence.LIKELY)
            .message(message(observed, renamed, server))
            .saw(exchange.id(), "response.header.www-authenticate", observed, header);
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && words.cause().equals("api-key")) {
      return finding
          .cause("api-key")
          .confidence(Confidence.LIKELY)
          .actor(Actor.USER)
          .step("User: " + words.step() + ": the server speaks of an API key, not of a login")
          .step("MCP server: if it does want an OAuth login, answer with " + header)
          .build();
    }
    if (words != null && GUARDED.contains(words.cause()) && words.isOfVendor()) {
      return finding
          .cause(words.cause())
          .confidence(Confidence.LIKELY)
          .actor(words.actor())
          .message(
              message(observed, renamed, server) + " What it says means: " + words.meaning() + ".")
          .step(words.actor().inWords() + ": " + words.step())
          .step("MCP server: if it does want an OAuth login, answer with " + header)
          .build();
    }
    if (renamed != null) {
      return finding
          .cause("header-renamed")
          .step(
              "MCP server: have the gateway before it send the challenge under its own name,"
                  + " WWW-Authenticate (API Gateway renames it in what comes from an integration: set"
                  + " it in a gateway response, or rename it back in a function of the CDN before it)")
          .step(
              "MCP server: or serve the metadata at "
                  + document
                  + ", where clients since revision 2025-11-25 look without a challenge")
          .fixStep("completes the challenge on the fly")
          .build();
    }
    boolean other = !challenges.all().isEmpty() && challenges.bearer() == null;
    if (other) {
      String scheme = challenges.all().get(0).scheme();
      return finding
          .cause("another-scheme")
          .confidence(Confidence.LIKELY)
          .actor(Actor.USER)
          .step(
              (scheme.equalsIgnoreCase("Basic")
                      ? "User: configure the user name and password that the scheme "
                      : "User: configure the credential that the scheme ")
                  + scheme
                  + " takes, for this server")
          .step("MCP server: if it does want an OAuth login, answer with " + header)
          .build();
    }
    return finding
        .step("MCP server: answer such a request with 401 and " + header)
        .step(
            "MCP server: serve the document at that URL (RFC 9728 §2), for example"
                + " {\"resource\": \""
                + server.resource()
                + "\", \"authorization_servers\": [\""
                + issuer(server)
                + "\"]}")
        .step(
            "User: or, where the server takes a token or an API key instead of a login, check that"
                + " your application is configured to send it: this request carried none")
        .fixStep("completes the challenge on the fly")
        .build();
  }

  /** The name that a gateway gave the challenge, e.g. x-amzn-remapped-www-authenticate, or null. */
  private static @Nullable String renamed(Exchange exchange) {
    for (Header header : exchange.responseHeaders()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.endsWith("-www-authenticate")) {
        return name;
      }
    }
    return null;
  }

  private static String message(String observed, @Nullable String renamed, McpServer server) {
    StringBuilder text = new StringBuilder(200);
    text.append("The server answered 401 to a request without a token; ");
    text.append(
        observed.equals("absent")
            ? "the answer has no WWW-Authenticate header"
            : "its WWW-Authenticate header has no resource_metadata: " + observed);
    if (renamed != null) {
      text.append("; it has one named ").append(renamed);
      text.append(": something before the server renamed it, and clients do not read that name");
    }
    if (server.discovery().resourceFailures().isEmpty()) {
      text.append("; your application did not look for the metadata elsewhere");
    } else {
      text.append("; there is no metadata either at ");
      text.append(String.join(" nor at ", server.discovery().resourceFailures()));
    }
    var own = server.discovery().own();
    if (own != null) {
      text.append("; the server is its own authorization server (").append(own.issuer());
      text.append(", as in revision 2025-03-26)");
    }
    var read = server.discovery().server();
    Origin origin = server.origin();
    if (own == null && read != null && origin != null && origin.contains(read.url())) {
      text.append("; the metadata that your application read in the server's own origin is of");
      text.append(" another issuer (").append(read.document().issuer());
      text.append("), which strict clients refuse (RFC 8414 section 3.3)");
    }
    return text.append('.').toString();
  }

  private static String issuer(McpServer server) {
    var own = server.discovery().own();
    return own == null || own.issuer() == null ? "<issuer URL>" : own.issuer();
  }
}
