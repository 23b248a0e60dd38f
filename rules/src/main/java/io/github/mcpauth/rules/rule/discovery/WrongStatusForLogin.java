package io.github.mcpauth.rules.rule.discovery;

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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.WellKnown;
import io.github.mcpauth.rules.reading.LoginWords;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Refusal;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.UrlCredential;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server refuses for want of a login, or refuses the token, with another status than 401: a
 * JSON-RPC error in an answer of success, 400, or 500. An answer that does not speak of a login
 * disproves it; 403 is another rule's. What a tool says of a service behind it is only suspected,
 * and only where the request carried a credential.
 */
public final class WrongStatusForLogin implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "wrong-status-for-login",
              "The server wants a login, and does not say so with 401",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Authorization: Error Handling (401); RFC 9110 §15.5.2",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.CALLED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.SUCCESS_IS_NONE);

  /** Bytes of an answer of success; what is longer is no error, and each answer is looked at. */
  private static final int LONGEST_ERROR = 4096;

  private static final Duration QUIET = Duration.ofSeconds(5);

  /** What a server says of a caller without rights, as the whole text of a result. */
  private static final Set<String> DENIED =
      Set.of("access denied", "access is denied", "authentication required");

  /** Causes that no server and no application can mend, in what a tool says of a service. */
  private static final Set<String> OF_USER =
      Set.of(
          "admin-consent",
          "consent-declined",
          "consent-required",
          "interaction-required",
          "login-required",
          "mfa-required",
          "not-assigned",
          "sso");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (!McpRequest.isMessage(exchange)
        || !isOddStatus(exchange)
        || UrlCredential.isRefused(exchange)) {
      return;
    }
    boolean credential = Credentials.carriedBy(exchange.request());
    Said said = Said.of(exchange);
    String text = said.lower();
    String cause = cause(text, credential, exchange);
    if (cause == null || Refusal.speaksOfHostOrOrigin(text) || lacksScope(exchange, said)) {
      return;
    }
    if (!credential
        && LoginWords.rejected(text)
        && "tools/call".equals(McpMethods.of(exchange.requestBody()))
        && server.tokens().accepted().another("tools/call", null, 0)) {
      report.found(ofServersLogin(exchange, server, said));
      return;
    }
    int status = exchange.status();
    var document = WellKnown.protectedResource(server.endpoint()).get(0);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .confidence(Confidence.LIKELY)
            .quote(said.quote())
            .message(
                "The server answered "
                    + status
                    + (status < 300 ? ", a status of success, with an error in its body," : "")
                    + " to a request "
                    + (credential ? "with a token; what it says is that it does not take it" : "")
                    + (credential ? "" : "without a token; what it says means \"log in\"")
                    + ". Clients start a login at 401 only.")
            .saw(exchange.id(), "response.status", String.valueOf(status), "401")
            .step(
                "MCP server: answer 401 with WWW-Authenticate: Bearer "
                    + (credential ? "error=\"invalid_token\", " : "")
                    + "resource_metadata=\""
                    + document
                    + "\", not "
                    + status);
    if (credential) {
      finding.step("Your application: log in again, or refresh the token");
    } else {
      finding.step("User: until then, configure a token or key for this server");
    }
    report.found(finding.build());
  }

  /** Nothing was sent that could be refused, and other requests are taken so. */
  private static Finding ofServersLogin(Exchange exchange, McpServer server, Said said) {
    return FindingBuilder.of(INFO, server)
        .cause("servers-own-login")
        .severity(Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .quote(said.quote())
        .message(
            "The server answered tools/call with an error, in an answer with status "
                + exchange.status()
                + ", which says that a token is not taken. The request carried none, and the server"
                + " takes other requests without one: it speaks of its own login at the service behind"
                + " the tool.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "a result")
        .step(
            "MCP server: sign in again at the service behind the tool, where the server runs: the login"
                + " that it keeps has ended")
        .step("User: do so yourself, if you run the server: nothing in your application helps")
        .build();
  }

  /** A tool tells of a 401, which it got with the application's login or with one of its own. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    String text = call.isToolError() ? call.said().toLowerCase(Locale.ROOT) : "";
    boolean refused = LoginWords.saysUnauthorized(text) || LoginWords.rejected(text);
    boolean credential = Credentials.carriedBy(exchange.request());
    // All texts of the content, its type first.
    String words = text.startsWith("text ") ? text.substring(5).strip() : text.strip();
    boolean denied = !credential && DENIED.contains(words);
    Wording known = text.isEmpty() || !credential ? null : WordTable.ofTool(text);
    Wording asked = known != null && OF_USER.contains(known.cause()) ? known : null;
    if (!denied && asked == null && (!refused || !credential)) {
      return;
    }
    report.suspect(
        INFO.name() + "-tool",
        QUIET,
        now ->
            now.tokens().accepted().afterwards("tools/call", exchange.id())
                ? null
                : denied
                    ? denied(call, exchange, now)
                    : asked != null
                        ? ofUser(call, exchange, now, asked)
                        : ofTool(call, exchange, now));
  }

  /** The server takes every request without a credential, and denies what it is asked to do. */
  private static Finding denied(Call call, Exchange exchange, McpServer server) {
    var document = WellKnown.protectedResource(server.endpoint()).get(0);
    return FindingBuilder.of(INFO, server)
        .cause("denied-in-result")
        .severity(Severity.WARNING)
        .confidence(Confidence.POSSIBLE)
        .quote(call.said())
        .message(
            "The result of "
                + call.inWords()
                + " says that access is denied, and nothing else; the request carried no credential,"
                + " and the server asked for none. Clients start a login at 401 only.")
        .saw(exchange.id(), "response.json.result.isError", "true", "401")
        .step(
            "MCP server: answer 401 with WWW-Authenticate: Bearer resource_metadata=\""
                + document
                + "\" to who is not logged in, if a login is what it misses")
        .step("User: until then, configure a token or key for this server")
        .build();
  }

  /** The service behind the tool wants something of the user, in words that are known. */
  private static Finding ofUser(Call call, Exchange exchange, McpServer server, Wording words) {
    return FindingBuilder.of(INFO, server)
        .cause(words.cause())
        .severity(Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .actor(words.actor())
        .quote(call.said())
        .message(
            "The result of "
                + call.inWords()
                + " is an error with the words "
                + words.phrases().stream().collect(Collectors.joining("\", \"", "\"", "\""))
                + "; what it says means: "
                + words.meaning()
                + ". It came in an answer with status "
                + exchange.status()
                + ", at which no client starts a login.")
        .saw(exchange.id(), "response.json.result.isError", "true", "a result")
        .step(words.actor().inWords() + ": " + words.step())
        .step(
            "MCP server: where a new login of the caller helps, answer 401 or 403 with"
                + " WWW-Authenticate, so that clients begin it")
        .build();
  }

  private static Finding ofTool(Call call, Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("tool-says-401")
        .severity(Severity.WARNING)
        .confidence(Confidence.POSSIBLE)
        .quote(call.said())
        .message(
            "The result of "
                + call.inWords()
                + " is an error that speaks of 401 or of a token that is not taken, in an answer with"
                + " status "
                + exchange.status()
                + ". If the server passes your application's login on, that login has ended, and no"
                + " client can tell; if it uses one of its own, that one is wrong.")
        .saw(exchange.id(), "response.json.result.isError", "true", "401, if it is the login's end")
        .step(
            "MCP server: where the caller's token is at fault, answer 401 with WWW-Authenticate:"
                + " Bearer error=\"invalid_token\"; else correct the server's own credential for the"
                + " service behind the tool")
        .step("User: log in again, if the server acts with your login")
        .build();
  }

  /** A product's words for a scope that a token lacks, which is taken otherwise. */
  private static boolean lacksScope(Exchange exchange, Said said) {
    Wording words = WordTable.of(exchange, said);
    return words != null && words.isOfVendor() && words.cause().equals("scope");
  }

  /** A JSON-RPC error in an answer of success, or a status of error that is not for logins. */
  private static boolean isOddStatus(Exchange exchange) {
    int status = exchange.status();
    if (status >= 200 && status < 300) {
      return exchange.responseBody().size() <= LONGEST_ERROR
          && McpMethods.contains(exchange.responseBody(), "\"error\"")
          && !McpMethods.contains(exchange.responseBody(), "\"result\"");
    }
    return status == 400 || status == 404 || status == 422 || status == 500;
  }

  private static @Nullable String cause(String text, boolean credential, Exchange exchange) {
    if (!credential) {
      return LoginWords.missing(text) || LoginWords.rejected(text) ? "login" : null;
    }
    boolean call = "tools/call".equals(McpMethods.of(exchange.requestBody()));
    boolean own = !call || RpcError.code(exchange) == -32001;
    return own && LoginWords.rejected(text) ? "token-refused" : null;
  }
}
