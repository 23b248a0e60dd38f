package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.Gateway;
import io.github.mcpauth.rules.reading.Said;
import org.jspecify.annotations.Nullable;

/**
 * What a status of gateways (502, 503, 504) tells of who failed, and how to find out where it does
 * not: the product that answered, if the answer shows it, and how long it took (RFC 9110 §15.6).
 *
 * @param gateway what the answer shows, or null
 */
record GatewayFailure(Exchange exchange, @Nullable Gateway gateway) {

  private static final long QUICK_MS = 1000;

  static GatewayFailure of(Exchange exchange) {
    return new GatewayFailure(exchange, Gateway.of(exchange));
  }

  boolean isNamed() {
    return gateway != null;
  }

  /** A platform runs the server, so that who deployed it acts; else who runs the gateway begins. */
  Actor actor() {
    boolean platform = gateway != null && gateway.kind() == Gateway.Kind.PLATFORM;
    return platform || isOfApplication() ? Actor.serving(exchange.role()) : Actor.NETWORK;
  }

  /**
   * Gateways show pages or a line: JSON with words is an application's, which may be one itself.
   */
  private boolean isOfApplication() {
    return AnswerBody.isJson(exchange) && Said.of(exchange).quote() != null;
  }

  /** The clause behind the status. */
  String inWords() {
    String who =
        isOfApplication()
            ? "it, or an application in front of it,"
            : gateway != null
                ? gateway.name() + " answered, in its place: it"
                : "something in front of the server, which the answer does not name,";
    return ": "
        + who
        + switch (exchange.status()) {
          case 502 -> " got no good answer from the server behind it";
          case 503 -> " has no server behind it that takes the request";
          case 504 -> " got no answer from the server behind it in time";
          default -> " got no good answer from the server behind it";
        }
        + after();
  }

  /** How long it took tells a server that is slow from one that is not there. */
  private String after() {
    long ms = exchange.elapsed().toMillis();
    return exchange.status() == 504 && ms >= QUICK_MS
        ? " (after " + (ms + QUICK_MS / 2) / QUICK_MS + " s)"
        : "";
  }

  void remedy(FindingBuilder finding) {
    String server = Actor.serving(exchange.role()).inWords();
    if (isOfApplication()) {
      finding
          .step(
              server
                  + ": look this request up in its log: it answers JSON, so that it is an application"
                  + " that did not reach what is behind it; its words are quoted here")
          .step(
              "Network: if that log does not have the request, a gateway in front of it answered: see"
                  + " whether it reaches the server, and its time-outs");
      return;
    }
    if (gateway == null) {
      finding
          .step(
              "Network: find out what answered (header fields Server and Via, the body, its log at"
                  + " this time), and check that the server behind it runs"
                  + wait("; raise its read timeout for calls that take long"))
          .step(server + own());
      return;
    }
    if (gateway.kind() == Gateway.Kind.PLATFORM) {
      finding.step(
          server
              + ": look into "
              + gateway.name()
              + "'s log of it: "
              + gateway.log()
              + wait("; answer within its limit, or stream (" + gateway.timeout() + ")"));
      return;
    }
    finding
        .step(
            "Network: look up this request at "
                + gateway.name()
                + ": "
                + gateway.log()
                + ". Check that the server behind it runs, and listens at the address and port that it"
                + " forwards to"
                + wait("; raise its read timeout for calls that take long (" + timeout() + ")"))
        .step(server + own());
  }

  private String timeout() {
    return gateway == null ? "" : gateway.timeout();
  }

  private String wait(String step) {
    return exchange.status() == 504 ? step : "";
  }

  private String own() {
    return ": see whether it runs and is healthy, and whether its log has this request: if it has, it"
        + (exchange.status() == 504 ? " took too long" : " failed or hung up while it answered")
        + "; if not, the request did not get there";
  }
}
