package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
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
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.NamedScope;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Duration;
import java.util.Set;

/**
 * One method is refused with 401 or 403 while the server takes others with the same credential: the
 * login is good, and what is missing is a permission. A refusal of whatever the host sends
 * disproves it; a scope that the challenge names is another rule's.
 */
public final class MethodNotPermitted implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "method-not-permitted",
              "The server refuses one method, and takes others with the same credential",
              Severity.WARNING,
              Actor.USER,
              "MCP 2025-11-25, Authorization: Error Handling (403); RFC 9110 §15.5.4",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.CALLED);

  /** Methods that name one thing of many: the host works without it. */
  private static final Set<String> OF_ONE =
      Set.of("tools/call", "resources/read", "prompts/get", "completion/complete");

  private static final Duration QUIET = Duration.ofSeconds(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    String method = Permissions.method(exchange);
    boolean refused = status == 401 || status == 403;
    if (method == null
        || !refused
        || BearerChallenge.lacksScope(exchange)
        || BearerChallenge.wantsStrongerLogin(exchange)) {
      return;
    }
    boolean open =
        status == 401
            && !Credentials.carriedBy(exchange.request())
            && server.tokens().accepted().another(method, null, 0);
    if (open) {
      report.suspect(
          INFO.name() + "-login",
          now ->
              now.progress().soughtLoginAfter(exchange.id()) ? null : login(exchange, now, method));
    } else if (Permissions.isOfMethod(exchange, server)) {
      report.found(finding(exchange, server, method));
    } else if (status == 401 && !method.equals("initialize")) {
      String authorization = exchange.request().headers().first("Authorization");
      // The credential may have ended meanwhile: a later success with it tells.
      report.suspect(
          INFO.name(),
          now ->
              authorization != null
                      && now.tokens().accepted().another(method, authorization, exchange.id())
                      && !now.tokens().accepted().afterwards(method, exchange.id())
                  ? finding(exchange, now, method)
                  : null);
    }
  }

  /** A tool's result is a product's words for a permission that the caller lacks. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    Wording words = call.isToolError() ? WordTable.ofTool(call.said()) : null;
    if (words == null || !words.cause().equals("permission")) {
      return;
    }
    report.suspect(
        INFO.name() + "-tool",
        QUIET,
        now ->
            now.tokens().accepted().afterwards(call.method(), exchange.id())
                ? null
                : ofTool(call, exchange, now, words));
  }

  private static Finding ofTool(Call call, Exchange exchange, McpServer server, Wording words) {
    return FindingBuilder.of(INFO, server)
        .subject(call.method())
        .detail("mcpauth.cause", "permission")
        .severity(Severity.NOTE)
        .confidence(Confidence.POSSIBLE)
        .actor(words.actor())
        .quote(call.said())
        .message(
            "The result of "
                + call.inWords()
                + " is an error with the words \""
                + String.join("\", \"", words.phrases())
                + "\"; what it says means: "
                + words.meaning()
                + ". The connection and the login are good: other requests are answered.")
        .saw(exchange.id(), "response.json.result.isError", "true", "a result")
        .step(words.actor().inWords() + ": " + words.step())
        .step(
            "MCP server: leave out of its lists what a caller may not use; where the login lacks a"
                + " scope, say so with 403 and error=\"insufficient_scope\"")
        .build();
  }

  /** The server takes some methods without a login, and this one not. */
  private static Finding login(Exchange exchange, McpServer server, String method) {
    return FindingBuilder.of(INFO, server)
        .cause("login")
        .confidence(Confidence.LIKELY)
        .actor(Actor.HOST)
        .message(
            "The server refused "
                + method
                + " with 401, and took other methods without a token: it wants a login for this one"
                + " only. This agent saw none being started.")
        .saw(exchange.id(), "response.status", "401", "a login, and the token in the next request")
        .step(
            "Your application: start a login at any 401, not only at that of initialize; or send the"
                + " configured token from the first request on")
        .build();
  }

  /** It asks for a login, and the request carried the token that other methods are taken with. */
  private static Finding notPassedOn(Exchange exchange, McpServer server, String method) {
    return FindingBuilder.of(INFO, server)
        .subject(method)
        .detail("mcpauth.cause", "not-passed-on")
        .severity(OF_ONE.contains(method) ? Severity.NOTE : Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .actor(Actor.MCP_SERVER)
        .message(
            "The server refused "
                + method
                + " with "
                + exchange.status()
                + " for want of a login, and took other methods with the credential that the request"
                + " carried: what answers this method did not get it.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success")
        .step(
            "MCP server: pass the token on to what answers "
                + method
                + ", or check it in one place (a gateway's policy at the level of the server, not of"
                + " the API behind it)")
        .build();
  }

  private static Finding finding(Exchange exchange, McpServer server, String method) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && words.cause().equals("login")) {
      return notPassedOn(exchange, server, method);
    }
    Actor actor = words == null ? Actor.USER : words.actor();
    String cause = words == null ? "permission" : words.cause();
    boolean permission = cause.equals("permission");
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(method)
            .detail("mcpauth.cause", cause)
            .severity(OF_ONE.contains(method) ? Severity.NOTE : Severity.WARNING)
            .confidence(Confidence.LIKELY)
            .actor(actor)
            .message(
                "The server refused "
                    + method
                    + " with "
                    + exchange.status()
                    + ", and took other methods with the same credential: "
                    + (words == null || permission
                        ? "the login is good, a permission for this method is missing."
                        : "what it says means: " + words.meaning() + "."))
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    if (words != null) {
      finding.step(actor.inWords() + ": " + NamedScope.step(words, Said.of(exchange)));
    } else {
      finding.step(
          "User: have your account, or the token, given the permission for this at the MCP server");
    }
    if (!permission) {
      return finding.build();
    }
    return finding
        .step(
            "MCP server: leave out of its lists what a caller may not use, and name the missing scope"
                + " in the challenge (error=\"insufficient_scope\")")
        .build();
  }
}
