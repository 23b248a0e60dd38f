package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.McpSdk;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Letters;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Discovery;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.UrlCredential;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server says where to log in, and the host does nothing about it: neither looks it up, nor
 * comes with a token. Told once the host has had time to; any OAuth leg that is seen disproves it,
 * but one over another HTTP client cannot be seen.
 */
public final class ChallengeIgnored implements Rule {

  private static final String PARAMETER = "resource_metadata";

  public static final RuleInfo INFO =
      new RuleInfo(
              "challenge-ignored",
              "Your application has no login for this server",
              Severity.WARNING,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Protected Resource Metadata Discovery",
              FixSafety.NONE)
          .asked(Phase.LEARNED)
          .with(Trait.FOLLOWS_FROM_ANY);

  /** A host that has a login begins it at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String UNKNOWN =
      "Your application: handle the 401: MCP SDKs for the JVM start no OAuth by themselves; set what"
          + " they call on a 401, or use a library that logs in";

  private final Supplier<Set<String>> sdks;

  /**
   * @param sdks labels of the SDKs whose classes have loaded
   */
  public ChallengeIgnored(Supplier<Set<String>> sdks) {
    this.sdks = sdks;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    String hint = Challenges.in(exchange.responseHeaders()).resourceMetadata();
    if (exchange.status() == 401
        && hint != null
        && !Credentials.carriedBy(exchange.request())
        && UrlCredential.in(exchange.request().url()) == null // The rule credential-in-url's.
        && server.progress().challenges() >= 1) {
      report.suspect(INFO.name(), PATIENCE, now -> judge(exchange, hint, now));
    }
  }

  private @Nullable Finding judge(Exchange exchange, String hint, McpServer server) {
    if (server.progress().waitingSince() != null && lookedElsewhere(hint, server)) {
      return elsewhere(exchange, hint, server);
    }
    long refusals = server.progress().challenges();
    boolean tried = server.progress().soughtLoginAfter(0) || server.progress().everConnected();
    if (server.progress().waitingSince() == null || refusals < (tried ? 2 : 1)) {
      return null;
    }
    List<McpSdk> present = McpSdk.outermost(sdks.get());
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .confidence(present.isEmpty() ? Confidence.POSSIBLE : Confidence.LIKELY)
            .message(
                "The server answered 401 and named its metadata ("
                    + hint
                    + "). "
                    + (refusals == 1
                        ? "Your application sent no token, and has done nothing since"
                        : refusals + " requests in a row came without a token")
                    + ": this agent saw no request for the metadata. A login over another HTTP"
                    + " client, or in a browser, would not be seen."
                    + (isUnquoted(exchange)
                        ? " The value of resource_metadata is not in quotes: strict clients cannot"
                            + " read it."
                        : ""))
            .saw(
                exchange.id(),
                "response.header.www-authenticate",
                "resource_metadata=" + hint,
                null);
    for (McpSdk sdk : present) {
      finding.step("Your application: log in, or send a token: " + sdk.login());
    }
    if (present.isEmpty()) {
      finding.step(UNKNOWN);
    }
    if (isUnquoted(exchange)) {
      finding.step("MCP server: quote the URL: resource_metadata=\"" + hint + "\"");
    }
    return finding.step("User: or configure a token for this server").build();
  }

  /** Whether the host asked for the document at other URLs alone, in vain, and then gave up. */
  private static boolean lookedElsewhere(String hint, McpServer server) {
    Discovery seen = server.discovery();
    URI named = Urls.parse(hint);
    String url = named == null ? null : Urls.canonical(server.endpoint().resolve(named));
    boolean gaveUp =
        seen.resource() == null
            && seen.server() == null
            && seen.serverFailures().isEmpty()
            && !seen.isRegistering();
    if (url == null || !gaveUp || seen.resourceFailures().isEmpty()) {
      return false;
    }
    for (String each : seen.resourceFailures()) {
      URI failed = Urls.parse(each);
      if (failed == null || url.equals(Urls.canonical(failed))) {
        return false;
      }
    }
    return true;
  }

  private static Finding elsewhere(Exchange exchange, String hint, McpServer server) {
    String asked = String.join(" and ", server.discovery().resourceFailures());
    return FindingBuilder.of(INFO, server)
        .cause("looked-elsewhere")
        .confidence(Confidence.LIKELY)
        .message(
            "The server's challenge names its metadata, resource_metadata="
                + hint
                + ". Your application asked for it at "
                + asked
                + " instead, where nothing is, and has not gone on.")
        .saw(exchange.id(), "response.header.www-authenticate", "resource_metadata=" + hint, asked)
        .step("Your application: fetch the URL of resource_metadata as it is: " + hint)
        .step("User: or configure a token for this server")
        .build();
  }

  /** A URL has characters that a parameter holds in quotes only (RFC 9110 §5.6.2). */
  private static boolean isUnquoted(Exchange exchange) {
    return exchange.responseHeaders().all("WWW-Authenticate").stream()
        .anyMatch(value -> isUnquoted(value.toLowerCase(Locale.ROOT)));
  }

  private static boolean isUnquoted(String challenge) {
    for (int at = challenge.indexOf(PARAMETER);
        at >= 0;
        at = challenge.indexOf(PARAMETER, at + 1)) {
      int equals = Letters.spaceEnd(challenge, at + PARAMETER.length());
      int value = Letters.spaceEnd(challenge, equals + 1);
      if (challenge.startsWith("=", equals)
          && value < challenge.length()
          && challenge.charAt(value) != '"') {
        return true;
      }
    }
    return false;
  }
}
