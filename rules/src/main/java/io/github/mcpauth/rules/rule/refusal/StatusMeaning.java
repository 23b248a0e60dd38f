package io.github.mcpauth.rules.rule.refusal;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.RequestDefect;
import io.github.mcpauth.rules.reading.Said;
import java.util.List;
import java.util.Locale;

/**
 * What a status of error means by itself (RFC 9110 §15.5, §15.6).
 *
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 * @param step what helps, without the party
 */
record StatusMeaning(
    String cause, Actor actor, Confidence confidence, String inWords, String step) {

  /** Bodies below that are refused by no limit for bodies that anybody sets, in bytes. */
  private static final int SMALLEST_LIMIT = 1024;

  static StatusMeaning of(Exchange exchange, McpServer server) {
    return switch (exchange.status()) {
      case 401 -> unauthorized(exchange);
      case 402 ->
          likely("payment", Actor.USER, "the server wants to be paid", "see the account's plan");
      case 403 ->
          possible(
              "forbidden",
              Actor.MCP_SERVER,
              "the server understood the request and does not permit it",
              "say in the answer why it refuses, and log it");
      case 404 ->
          server.progress().everConnected()
              ? possible(
                  "route-gone",
                  Actor.NETWORK,
                  "nothing is at this URL any more, where requests were answered before",
                  "look for a deployment or a change of routes at that time, in the gateway before"
                      + " the server as well")
              : possible(
                  "not-found",
                  Actor.USER,
                  "nothing is at this URL",
                  "check the URL that is configured");
      case 405 ->
          likely(
              "method-not-allowed",
              Actor.USER,
              "this URL does not take "
                  + exchange.request().method()
                  + (exchange.responseHeaders().has("Allow")
                      ? ", but " + exchange.responseHeaders().first("Allow")
                      : ""),
              "check the URL: it is probably not the endpoint itself");
      case 406 ->
          likely(
              "not-acceptable",
              Actor.HOST,
              "the server has no answer of a type that the request accepts",
              "send Accept: application/json, text/event-stream");
      case 408 ->
          likely(
              "request-timeout",
              Actor.NETWORK,
              "the request did not arrive in time",
              "check what slows the way to the server down");
      case 409 ->
          possible(
              "conflict",
              Actor.HOST,
              "the request contradicts the state that the server is in",
              "end what runs already, e.g. another event stream of the same session");
      case 410 ->
          likely("gone", Actor.USER, "what was at this URL is gone", "configure the new URL");
      case 411 ->
          likely(
              "length-required",
              Actor.HOST,
              "something before the server wants a Content-Length, and the body came in chunks",
              "send bodies with a Content-Length, not chunked");
      case 413 -> tooLarge(exchange);
      case 414 ->
          likely(
              "url-too-long",
              Actor.HOST,
              "the URL of "
                  + exchange.request().url().toString().length()
                  + " characters is too long for the server, or for what is in front of it",
              "send less in the URL");
      case 415 ->
          likely(
              "media-type",
              Actor.HOST,
              "the server does not take Content-Type "
                  + exchange.request().headers().first("Content-Type"),
              "send Content-Type: application/json (token requests:"
                  + " application/x-www-form-urlencoded)");
      case 417 ->
          likely(
              "expectation",
              Actor.HOST,
              "something on the way does not take Expect: 100-continue",
              "send requests without the Expect header");
      case 421 ->
          likely(
              "misdirected",
              Actor.NETWORK,
              "this server does not answer for the host name",
              "check names, certificates and reused connections");
      case 422 ->
          possible(
              "unprocessable",
              Actor.USER,
              "the request is well-formed, and a value in it is not taken",
              (server.progress().everConnected()
                      ? ""
                      : "check the URL: a route of another API may answer there, which wants other"
                          + " members (fields) than MCP has; ")
                  + readIt(exchange));
      case 426 -> upgrade(String.valueOf(exchange.responseHeaders().first("Upgrade")));
      case 451 ->
          likely("legal", Actor.NETWORK, "it is refused for legal reasons", "ask the operator");
      default -> byClass(exchange);
    };
  }

  /** Whether a limit for bodies may be what refused the request. */
  static boolean mayBodyBeTooLarge(Exchange exchange) {
    return exchange.requestBody().size() >= SMALLEST_LIMIT;
  }

  private static StatusMeaning tooLarge(Exchange exchange) {
    String bytes = "the body of " + exchange.requestBody().size() + " bytes";
    return mayBodyBeTooLarge(exchange)
        ? likely(
            "body-too-large",
            Actor.MCP_SERVER,
            bytes + " is larger than the server or its proxy takes",
            "raise the limit for bodies, in the proxy before it as well")
        : possible(
            "other-limit",
            Actor.NETWORK,
            "it says that the request is too large, and "
                + bytes
                + " is less than any usual limit: another limit refused it, or a rule",
            "look in what is in front of the server for the limit or rule that answers 413: for"
                + " headers, for a size of 0, for a path");
  }

  private static StatusMeaning upgrade(String protocol) {
    String words = "the server wants another protocol: " + protocol;
    return protocol.toLowerCase(Locale.ROOT).contains("websocket")
        ? likely(
            "upgrade-required",
            Actor.USER,
            words,
            "check the URL and the transport: a WebSocket answers there, not MCP over HTTP")
        : likely(
            "upgrade-required",
            Actor.HOST,
            words,
            "speak the protocol that the Upgrade header names");
  }

  /** What is wrong with the request itself. */
  static StatusMeaning of(RequestDefect defect) {
    return likely(defect.cause(), Actor.HOST, defect.inWords(), defect.step());
  }

  private static StatusMeaning byClass(Exchange exchange) {
    if (exchange.status() >= 500) {
      return possible(
          "server-error",
          Actor.serving(exchange.role()),
          "the server failed",
          "look up this request in its log");
    }
    if (isChunked(exchange)) {
      return possible(
          "chunked-body",
          Actor.HOST,
          "its body came in chunks (Transfer-Encoding: chunked), which some servers and gateways"
              + " do not read",
          "send bodies with a Content-Length, e.g. BodyPublishers.ofString or ofByteArray");
    }
    Origin origin = Origin.of(exchange.request().url());
    if (exchange.status() == 400 && origin != null && origin.host().contains("_")) {
      return possible(
          "host-name",
          Actor.USER,
          "the URL's host name, "
              + origin.host()
              + ", has an underscore, which is valid in no host name (RFC 1123 §2.1): Tomcat and"
              + " others refuse such a request before anything reads it",
          "call the server by a name without an underscore (a hyphen in its place; in a compose"
              + " file, another service name or a network alias)");
    }
    return possible(
        "bad-request",
        Actor.USER,
        "the server does not take the request as it is",
        readIt(exchange));
  }

  /** Who is at fault only the server's words tell: whoever reads them must. */
  private static String readIt(Exchange exchange) {
    Said said = Said.of(exchange);
    if (said.hidden() != null && said.quote() == null) {
      return "see what the answer says under \""
          + said.hidden()
          + "\", in your application or in the server's log, and who of the two must change it";
    }
    return said.quote() == null
        ? "look this request up in the server's log, as its answer does not say what is wrong"
        : "see what the server says, which is quoted here, and who of the two must change it";
  }

  private static boolean isChunked(Exchange exchange) {
    String encoding = exchange.request().headers().first("Transfer-Encoding");
    return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked");
  }

  private static StatusMeaning unauthorized(Exchange exchange) {
    List<Challenge> challenges = Challenges.in(exchange.responseHeaders()).all();
    boolean other =
        !challenges.isEmpty() && Challenges.in(exchange.responseHeaders()).bearer() == null;
    if (other) {
      return likely(
          "wrong-scheme",
          Actor.USER,
          "the server asks for the scheme "
              + challenges.get(0).scheme()
              + (Credentials.carriedBy(exchange.request())
                  ? ", and the request carried another credential"
                  : ""),
          "configure the credential that this scheme takes");
    }
    return possible(
        "credential-refused",
        Actor.USER,
        "the server does not take the credential of the request",
        "check the key, token or password that is configured, and its user name");
  }

  private static StatusMeaning likely(String cause, Actor actor, String words, String step) {
    return new StatusMeaning(cause, actor, Confidence.LIKELY, words, step);
  }

  private static StatusMeaning possible(String cause, Actor actor, String words, String step) {
    return new StatusMeaning(cause, actor, Confidence.POSSIBLE, words, step);
  }
}
