package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;

/**
 * A proxy refuses to connect, or is not there: 407, or a tunnel that fails. An answer of the server
 * disproves it.
 */
public final class ProxyRefused implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "proxy-refused",
              "The proxy does not let the request through",
              Severity.ERROR,
              Actor.NETWORK,
              "RFC 9110 §15.5.8 (407), §9.3.6 (CONNECT)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.FAILED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() == 407) { // With which every client begins that has the password.
      report.suspect(
          INFO.name(),
          now ->
              now.history().isFollowed(exchange.id())
                  ? null
                  : finding(exchange, now, "407 Proxy Authentication Required", true));
    }
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    if (failure != null && failure.kind() == Failure.Kind.PROXY) {
      String said = String.valueOf(failure.message());
      if (said.startsWith("the proxy cannot be reached")) {
        report.found(absent(exchange, server, said));
        return;
      }
      report.found(finding(exchange, server, said, said.contains("407")));
    }
  }

  /** Only {@code check <url>} tells that from a server that is not there. */
  private static Finding absent(Exchange exchange, McpServer server, String said) {
    return FindingBuilder.of(INFO, server)
        .cause("unreachable")
        .actor(Actor.USER)
        .message(
            Origin.of(exchange.request().url())
                + " was to be asked over a proxy, but "
                + said
                + ".")
        .saw(exchange.id(), "connection", said, "a connection to the proxy")
        .step(
            "User: correct the proxy's address (HTTPS_PROXY, HTTP_PROXY; for a JVM"
                + " -Dhttps.proxyHost, -Dhttp.proxyHost), or have the proxy run")
        .step("User: or exempt the server: NO_PROXY, -Dhttp.nonProxyHosts=…")
        .build();
  }

  private static Finding finding(
      Exchange exchange, McpServer server, String said, boolean wantsLogin) {
    boolean fails = said.contains("502") || said.contains("503") || said.contains("504");
    return FindingBuilder.of(INFO, server)
        .cause(wantsLogin ? "authentication" : "tunnel")
        .actor(wantsLogin ? Actor.USER : Actor.NETWORK)
        .message(
            "A proxy stands between your application and "
                + Origin.of(exchange.request().url())
                + (fails ? " and does not reach it: " : " and refused: ")
                + said
                + ".")
        .saw(exchange.id(), "connection", said, "a tunnel")
        .step(
            wantsLogin
                ? "User: give the JVM the proxy's credentials; for Basic over https also"
                    + " -Djdk.http.auth.tunneling.disabledSchemes="
                : fails
                    ? "Network: see in the proxy's log at this time why it gets no connection to this"
                        + " host and port (DNS, firewall, its own parent proxy)"
                    : "Network: allow CONNECT to this host and port at the proxy")
        .step("User: exempt the server: -Dhttp.nonProxyHosts=…")
        .build();
  }
}
