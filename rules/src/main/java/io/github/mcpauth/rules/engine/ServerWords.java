package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.ServerState;
import org.jspecify.annotations.Nullable;

/** Puts into words why a server is not connected, and who must do what about it. */
final class ServerWords {

  private static final String LOG = "User: look up what was sent and answered, in the log";

  /** The server is connected, after it was told not to be. */
  static ServerStatus recovered(McpServer server, @Nullable Exchange newest) {
    String why = "The server answered a request with a result";
    return new ServerStatus(
        server.url(), ServerState.CONNECTED, null, why, Confidence.CERTAIN, null, null, id(newest));
  }

  /**
   * It is not connected.
   *
   * @param finding what explains it, or null where no rule does
   * @param newest the newest exchange with it, or for its login
   */
  static ServerStatus of(McpServer server, @Nullable Finding finding, @Nullable Exchange newest) {
    ServerState state = server.state() == null ? ServerState.CONNECTING : server.state();
    if (finding == null) {
      return unexplained(server, state, newest);
    }
    long exchange =
        finding.evidence().isEmpty() ? id(newest) : finding.evidence().get(0).exchangeId();
    return new ServerStatus(
        server.url(),
        state,
        finding.rule(),
        finding.title(),
        finding.confidence(),
        finding.actor(),
        finding.remedy().isEmpty() ? LOG : finding.remedy().get(0),
        exchange);
  }

  private static ServerStatus unexplained(
      McpServer server, ServerState state, @Nullable Exchange newest) {
    return switch (state) {
      case NEEDS_AUTH -> refused(server, state, newest);
      case AUTHORIZING -> unfinished(server, state, newest);
      case BLOCKED ->
          status(
              server,
              state,
              newest,
              "Something in front of the server refuses the request",
              Actor.NETWORK,
              "Network: let the application through to the server");
      case CONNECTING ->
          status(
              server,
              state,
              newest,
              "No request was answered with a result so far",
              Actor.USER,
              LOG + ": the server is slow, or your application gave up early");
      default -> status(server, state, newest, failure(newest), Actor.USER, LOG);
    };
  }

  private static ServerStatus refused(
      McpServer server, ServerState state, @Nullable Exchange newest) {
    if (newest != null && Credentials.carriedBy(newest.request())) {
      return status(
          server,
          state,
          newest,
          "The server refuses the credential that the request carries",
          Actor.HOST,
          "Your application: log in anew, or send a credential that was issued for this server");
    }
    return status(
        server,
        state,
        newest,
        "Your application has no login for this server",
        Actor.HOST,
        "Your application: log in, or send a token that is configured for this server");
  }

  private static ServerStatus unfinished(
      McpServer server, ServerState state, @Nullable Exchange newest) {
    if (server.newestToken() != null) {
      return status(
          server,
          state,
          newest,
          "A token was issued, and no request to the server with it succeeded since",
          Actor.HOST,
          "Your application: connect again, with the new token");
    }
    boolean asked = server.tokens().everRequested();
    return status(
        server,
        state,
        newest,
        asked
            ? "A login was started, and its request for a token brought none"
            : "A login was started and not finished",
        asked ? Actor.HOST : Actor.USER,
        asked
            ? "Your application: start the login again; the log has the token endpoint's answer"
            : "User: finish the login in the browser; if it is finished, its redirect did not"
                + " reach your application");
  }

  private static String failure(@Nullable Exchange newest) {
    Failure failure = newest == null ? null : newest.failure();
    if (failure != null) {
      return "The newest request ended without an answer";
    }
    return newest != null && newest.status() > 0
        ? "The newest request was answered " + newest.status()
        : "The newest request failed";
  }

  private static ServerStatus status(
      McpServer server,
      ServerState state,
      @Nullable Exchange newest,
      String why,
      Actor actor,
      String step) {
    return new ServerStatus(
        server.url(), state, null, why, Confidence.LIKELY, actor, step, id(newest));
  }

  private static long id(@Nullable Exchange newest) {
    return newest == null ? 0 : newest.id();
  }

  private ServerWords() {}
}
