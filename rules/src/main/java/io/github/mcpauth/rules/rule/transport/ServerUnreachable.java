package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Nobody answers at the address. A response head, TLS, a proxy's refusal or the host's own cancel
 * disproves it; so does a timeout after the connection stood.
 */
public final class ServerUnreachable implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "server-unreachable",
              "Nobody answers at the server's address",
              Severity.ERROR,
              Actor.USER,
              "RFC 9110 §4.3.3 (the connection below HTTP)",
              FixSafety.NONE)
          .asked(Phase.FAILED)
          .with(Trait.PASSING);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    Origin origin = Origin.of(exchange.request().url());
    String what = failure == null || exchange.response() != null ? null : what(failure);
    if (what == null || failure == null || origin == null) {
      return;
    }
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .confidence(
                failure.kind() == Failure.Kind.TIMEOUT ? Confidence.CERTAIN : Confidence.LIKELY)
            .subject(origin.toString())
            .message(origin + ": " + what + ".")
            .cause(
                isWithoutRoute(failure)
                    ? "no-route"
                    : failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .saw(exchange.id(), "connection", what, "a connection to " + origin);
    Actor party = Actor.serving(exchange.role());
    if (party == Actor.AUTHORIZATION_SERVER) {
      elsewhere(finding.actor(party), origin, exchange);
      report.found(finding.build());
      return;
    }
    Wording words = WordTable.ofFailure(String.valueOf(failure.message()));
    if (words != null) {
      report.found(
          finding
              .cause(words.cause())
              .message(origin + ": " + failure.message() + ". It means: " + words.meaning() + ".")
              .actor(words.actor())
              .step(words.actor().inWords() + ": " + words.step())
              .build());
      return;
    }
    if (isWithoutRoute(failure)) {
      report.found(
          finding
              .actor(Actor.NETWORK)
              .step(
                  "Network: check VPN, firewall and routes of this machine (or container) to "
                      + origin)
              .step("User: check the address and port in your application's configuration")
              .build());
      return;
    }
    switch (failure.kind()) {
      case UNKNOWN_HOST ->
          finding
              .step(
                  "User: check the host name "
                      + origin.host()
                      + " in your application's configuration")
              .step("Network: check DNS, VPN and proxy settings of this machine");
      case TIMEOUT ->
          finding
              .actor(Actor.NETWORK)
              .step("Network: check whether a firewall drops connections to " + origin)
              .step("User: check host name and port");
      default -> {
        finding.step("User: start the server, or check the port " + origin.port());
        if (origin.isLoopback()) {
          finding.step(
              "User: \"localhost\" may mean ::1 or 127.0.0.1; use the address that the server"
                  + " listens on");
        }
      }
    }
    report.found(finding.build());
  }

  /** Nobody configured this address: a document named it. */
  private static void elsewhere(FindingBuilder finding, Origin origin, Exchange exchange) {
    boolean endpoint = exchange.role() != Role.AUTHORIZATION_SERVER_METADATA;
    finding.step(
        "Authorization server: check that it runs at "
            + origin
            + ", and is reached from here"
            + (endpoint
                ? "; its own metadata names this "
                    + exchange.role().inWords()
                    + " endpoint: publish endpoints with the public address there"
                : ""));
    if (!endpoint) {
      finding.step(
          "MCP server: check that authorization_servers in its metadata has the authorization"
              + " server's public address");
    }
    finding.step("Network: check DNS, VPN, firewall and proxy settings of this machine");
  }

  /** Whether the packets did not get there, as far as the exception tells. */
  private static boolean isWithoutRoute(Failure failure) {
    String message = failure.message() == null ? "" : failure.message().toLowerCase(Locale.ROOT);
    return failure.kind() == Failure.Kind.REFUSED
        && (failure.type().endsWith("NoRouteToHostException")
            || message.contains("no route to host")
            || message.contains("unreachable")
            || message.contains("host is down"));
  }

  private static @Nullable String what(Failure failure) {
    if (isWithoutRoute(failure)) {
      return "no route to host: the network has no way there (" + failure.message() + ")";
    }
    return switch (failure.kind()) {
      case REFUSED -> "the connection was refused: nothing listens at that port";
      case UNKNOWN_HOST -> "the host name does not resolve";
      case TIMEOUT -> isConnectTimeout(failure) ? "the connection attempt timed out" : null;
      default -> null;
    };
  }

  static boolean isConnectTimeout(Failure failure) {
    String message = failure.message() == null ? "" : failure.message().toLowerCase(Locale.ROOT);
    return failure.type().endsWith("HttpConnectTimeoutException")
        || failure.type().endsWith("ConnectException")
        || message.contains("connect timed out")
        || message.contains("failed to connect");
  }
}
