package io.github.mcpauth.rules.rule.transport;

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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Passing;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server, or a gateway in front of it, failed by its own account (5xx). An unknown session or a
 * bot check in its answer disproves it, and 501 to the optional stream is none.
 */
public final class ServerError implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.SERVER_ERROR,
              "The server failed, or something in front of it did",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9110 §15.6",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.PASSING);

  /** Causes of the table of words that are failures, of the server or on the way to it. */
  private static final Set<String> FAILURES =
      Set.of(
          "gateway",
          "gateway-timeout",
          "gateway-tls",
          "http-version",
          "overloaded",
          "server-fault");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean stream = McpRequest.opensStream(exchange) && (status == 500 || status == 501);
    // 501 to a registration says that there is none: another rule's.
    boolean registers = exchange.role() == Role.REGISTRATION && status == 501;
    if (status < 500 || stream || registers || exchange.role() == Role.OTHER) {
      return;
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && words.isOfVendor() && words.isOfText() && !isFailure(words)) {
      return; // A product's own words say more: request-refused.
    }
    boolean own = status == 503 && AnswerBody.isJson(exchange); // It runs, and is overloaded.
    boolean gateway = status == 502 || (status == 503 && !own) || status == 504 || status >= 520;
    Wording known = words == null || words.isOfCredential() ? null : words;
    Finding finding = finding(exchange, server, known, gateway);
    // Some servers fail at a method that is newer than they are; the host then initializes.
    boolean probe = "server/discover".equals(Permissions.method(exchange));
    boolean asksToComeAgain = Passing.asksToComeAgain(exchange);
    if (gateway || probe || asksToComeAgain || McpRequest.opensStream(exchange)) {
      // A gateway may miss its server for a moment: the same request that succeeds tells.
      report.suspect(
          INFO.name() + '-' + exchange.role().label(),
          Passing.patience(exchange),
          now -> wentOn(exchange, now) ? null : finding);
    } else {
      report.found(finding);
    }
  }

  private static boolean isFailure(Wording words) {
    return FAILURES.contains(words.cause());
  }

  private static boolean wentOn(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    boolean token = newest != null && newest.exchangeId() > exchange.id();
    String method = Permissions.method(exchange);
    return exchange.role() != Role.MCP
        ? token || server.progress().takenBy() > exchange.id()
        : method == null || McpRequest.connects(exchange)
            ? server.progress().takenBy() > exchange.id()
            : server.tokens().accepted().afterwards(method, exchange.id());
  }

  private static Finding finding(
      Exchange exchange, McpServer server, @Nullable Wording known, boolean gateway) {
    int status = exchange.status();
    Actor party = Actor.serving(exchange.role());
    GatewayFailure failure = GatewayFailure.of(exchange);
    Actor actor = known != null ? known.actor() : gateway ? failure.actor() : party;
    boolean sure = known != null || !gateway || failure.isNamed();
    boolean over = status == 500 && known == null && isWithTokenThatIsOver(exchange, server);
    String after = exchange.responseHeaders().first("Retry-After");
    String where =
        exchange.role() == Role.MCP
            ? "The MCP server"
            : "The " + exchange.role().inWords() + " endpoint";
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(exchange.role().label() + status)
            .detail("mcpauth.cause", known != null ? known.cause() : gateway ? "gateway" : "server")
            .actor(actor)
            // A gateway may answer 500 as well, and a server 502.
            .confidence(sure ? Confidence.LIKELY : Confidence.POSSIBLE)
            .message(
                where
                    + " answered "
                    + status
                    + (known != null
                        ? "; what it says means: " + known.meaning()
                        : gateway ? failure.inWords() : ": it failed while it handled the request")
                    + (over
                        ? ". The token of the request has expired meanwhile, and some servers fail at"
                            + " such a token instead of refusing it with 401"
                        : "")
                    + ". Trying again later may help"
                    + (after == null ? "." : " (Retry-After: " + after + ")."))
            .saw(exchange.id(), "response.status", String.valueOf(status), "success");
    if (over) {
      finding
          .step(
              "MCP server: answer 401 with WWW-Authenticate: Bearer error=\"invalid_token\" to a"
                  + " token that has expired; look up this request in its log")
          .step("Your application: refresh the token, or log in again, once it has expired");
      return finding.build();
    }
    if (known == null && gateway) {
      failure.remedy(finding);
      return finding.build();
    }
    return finding
        .step(
            known != null
                ? actor.inWords() + ": " + known.step()
                : party.inWords()
                    + ": look up this request in its log; the answer's body is in this log")
        .build();
  }

  private static boolean isWithTokenThatIsOver(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    JwtClaims claims = JwtClaims.of(exchange.bearerToken());
    Instant expires = claims == null ? null : claims.expires();
    boolean issued =
        newest != null
            && newest.isIn(exchange.request().headers().first("Authorization"))
            && !newest.isValid(exchange.sentAt());
    return issued || (expires != null && expires.isBefore(exchange.sentAt()));
  }
}
