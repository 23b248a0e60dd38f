package io.github.mcpauth.rules.rule.refusal;

import io.github.mcpauth.rules.exchange.Call;
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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.NamedScope;
import io.github.mcpauth.rules.reading.Passing;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.RequestDefect;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.UrlCredential;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused, and no other rule says why: the server is quoted, and its status class or
 * its words name the cause as far as they do. The same request that succeeds later disproves it; so
 * does any other finding about it, and what is normal: the 401 that begins a login, a well-known
 * URL where nothing is, 405 to the event stream or to the end of a session.
 */
public final class RequestRefused implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "request-refused",
              "A request was refused, for a reason that only the server tells",
              Severity.ERROR,
              Actor.HOST,
              "RFC 9110 §15.5, §15.6",
              FixSafety.NONE)
          .asked(Phase.LEARNED, Phase.CALLED)
          .with(Trait.FOLLOWS_FROM_ANY, Trait.PASSING);

  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_REQUEST = -32600;
  private static final int PARSE_ERROR = -32700;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long an application that goes on may pause. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    if (exchange.status() >= 400 && !isNormal(exchange, server)) {
      report.suspect(
          INFO.name() + '-' + exchange.role().label() + exchange.status(),
          Passing.patience(exchange),
          now -> wentOn(exchange, now) ? null : finding(exchange, now));
    }
  }

  /** What answers at once in a server in good health is answered with an error, and stays so. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (call.end() != Call.End.ERROR || exchange.status() >= 300) {
      return;
    }
    if (call.isNotification()) {
      report.suspect(
          INFO.name() + "-notice",
          QUIET,
          now ->
              now.progress().saidBy() > exchange.id()
                  ? null
                  : RefusedNotice.of(INFO, call, exchange, now));
      return;
    }
    boolean initialize = call.method().equals("initialize"); // initialize-rejected
    if ((call.isQuick() || isUnread(call)) && !initialize && call.errorCode() != METHOD_NOT_FOUND) {
      report.suspect(
          INFO.name() + "-call-" + call.method(),
          PATIENCE,
          now ->
              now.tokens().accepted().afterwards(call.method(), exchange.id())
                  ? null
                  : ofCall(call, exchange, now));
    }
  }

  /** The id of a message that could not be read is null in its error (JSON-RPC 2.0 §5). */
  private static boolean isUnread(Call call) {
    boolean form = call.errorCode() == INVALID_REQUEST || call.errorCode() == PARSE_ERROR;
    return form && call.answer() != null && call.answer().id() == null;
  }

  private static Finding ofCall(Call call, Exchange exchange, McpServer server) {
    RequestDefect defect = RequestDefect.of(exchange, call.said(), server);
    Wording words = defect != null ? null : WordTable.ofCall(call.said());
    // Invalid Request (JSON-RPC 2.0 §5.1), of one that was valid: what changed is the server's
    // state.
    boolean worked =
        words == null
            && defect == null
            && call.errorCode() == INVALID_REQUEST
            && exchange.sessionId() != null
            && (server.tokens().accepted().afterwards(call.method(), 0)
                || (isUnread(call) && server.sessions().everWorked(exchange.sessionId())));
    Actor actor = defect != null ? Actor.HOST : words == null ? Actor.MCP_SERVER : words.actor();
    return FindingBuilder.of(INFO, server)
        .subject(call.method() + call.errorCode())
        .detail(
            "mcpauth.cause",
            defect != null ? defect.cause() : words == null ? "rpc-error" : words.cause())
        .severity(Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .actor(actor)
        .message(
            "The request "
                + call.inWords()
                + " was answered with the JSON-RPC error "
                + call.errorCode()
                + ", in an answer with status "
                + exchange.status()
                + (defect != null
                    ? "; " + defect.inWords() + "."
                    : worked ? "; the like was answered before in this session." : "."))
        .saw(
            exchange.id(), "response.json.error.code", String.valueOf(call.errorCode()), "a result")
        .step(
            actor.inWords()
                + ": "
                + (defect != null
                    ? defect.step()
                    : words == null
                        ? worked
                            ? "if the session is over, answer 404 to it, so that a client begins a"
                                + " new one with initialize; its log tells more of this request"
                            : "look up this request in its log; its error is quoted above"
                        : words.step()))
        .build();
  }

  private static boolean isNormal(Exchange exchange, McpServer server) {
    int status = exchange.status();
    return switch (exchange.role()) {
      case MCP -> isNormal(exchange, status, server);
      case PROTECTED_RESOURCE_METADATA, AUTHORIZATION_SERVER_METADATA ->
          status < 500 && status != 400 && status != 406;
      case TOKEN -> status < 500; // token-request-rejected, or it asks to come again.
      case OTHER -> true;
      default -> status == 429;
    };
  }

  private static boolean isNormal(Exchange exchange, int status, McpServer server) {
    boolean optionalStream =
        McpRequest.opensStream(exchange) && (server.progress().everSaid() || status == 405);
    boolean notFound = status == 404 || status == 405;
    boolean endOfSession =
        notFound && exchange.sessionId() != null && !(status == 404 && AnswerBody.isHtml(exchange));
    // Unknown in revisions before it, whatever the status; the host then initializes.
    boolean probe = "server/discover".equals(Permissions.method(exchange));
    return exchange.request().method().equals("DELETE")
        || optionalStream
        || endOfSession
        || (probe && (notFound || status == 400))
        || status == 429
        || BearerChallenge.lacksScope(exchange) // The start of a step-up, or insufficient-scope.
        || (status == 401
            && !Credentials.carriedBy(exchange.request())
            && !UrlCredential.isRefused(exchange));
  }

  private static boolean wentOn(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    boolean token = newest != null && newest.exchangeId() > exchange.id();
    return switch (exchange.role()) {
      case MCP ->
          McpRequest.isMessage(exchange) && !McpRequest.connects(exchange)
              ? server.tokens().accepted().afterwards(Permissions.method(exchange), exchange.id())
              : server.progress().takenBy() > exchange.id();
      case PROTECTED_RESOURCE_METADATA -> token || server.resourceMetadata() != null;
      case AUTHORIZATION_SERVER_METADATA -> token || server.discovery().server() != null;
      case REGISTRATION -> server.tokens().everRequested();
      default -> token || server.progress().takenBy() > exchange.id();
    };
  }

  private static Finding finding(Exchange exchange, McpServer server) {
    Said said = Said.of(exchange);
    RequestDefect defect = RequestDefect.of(exchange, said.lower(), server);
    Wording words = defect != null ? null : words(exchange, said);
    if (defect == null && RefusedNotice.isOne(exchange, words, server)) {
      return RefusedNotice.of(INFO, exchange, server);
    }
    StatusMeaning misread =
        words != null && words.cause().equals("malformed-request")
            ? Misread.of(exchange, said)
            : null;
    words = misread == null ? words : null;
    StatusMeaning status =
        defect != null
            ? StatusMeaning.of(defect)
            : misread != null ? misread : StatusMeaning.of(exchange, server);
    Actor actor = words == null ? status.actor() : words.actor();
    String what = what(exchange);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(exchange.role().label() + what + exchange.status())
            .detail("mcpauth.cause", words == null ? status.cause() : words.cause())
            .severity(server.progress().everConnected() ? Severity.WARNING : Severity.ERROR)
            .confidence(words == null ? status.confidence() : Confidence.LIKELY)
            .actor(actor)
            .message(
                what
                    + " was refused with "
                    + exchange.status()
                    + (words == null
                        ? ": " + status.inWords()
                        : "; what it says means: " + words.meaning())
                    + "."
                    + (said.quote() == null ? unread(exchange, said) : ""))
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    finding.step(
        actor.inWords() + ": " + (words == null ? status.step() : NamedScope.step(words, said)));
    if (actor != Actor.serving(exchange.role())) {
      finding.step(
          Actor.serving(exchange.role()).inWords() + ": its log tells more of this request");
    }
    return finding.build();
  }

  /** What the words mean, but for those of 413 where they cannot be meant of this body. */
  private static @Nullable Wording words(Exchange exchange, Said said) {
    Wording words = WordTable.of(exchange, said);
    boolean unfit =
        words != null
            && exchange.status() == 413
            && words.cause().equals("body-too-large")
            && !StatusMeaning.mayBodyBeTooLarge(exchange);
    return unfit ? null : words;
  }

  private static String unread(Exchange exchange, Said said) {
    if (said.hidden() != null) {
      return " The server says why under \""
          + said.hidden()
          + "\", a member that nobody documents: what is in it is not shown here.";
    }
    return exchange.responseBody().isEmpty()
        ? " The answer says nothing more."
        : " The answer has a body, in which no message was recognised.";
  }

  private static String what(Exchange exchange) {
    @Nullable String method = Permissions.method(exchange);
    if (exchange.role() == Role.MCP) {
      return method == null
          ? "The " + exchange.request().method() + " of the MCP endpoint"
          : "The request " + method;
    }
    return "The request to " + exchange.request().url() + " (" + exchange.role().inWords() + ")";
  }
}
