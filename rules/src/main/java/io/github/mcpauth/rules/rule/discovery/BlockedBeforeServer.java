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
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.Refusal;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A firewall, bot check or gateway in front of the server refused the request. A Bearer challenge,
 * a JSON-RPC answer, or a credential that the server itself judged disproves it.
 */
public final class BlockedBeforeServer implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.BLOCKED_BEFORE_SERVER,
              "Something in front of the server refuses the request",
              Severity.ERROR,
              Actor.NETWORK,
              "RFC 9110 §15.5.4, §15.6.4; nothing of MCP: the request did not reach the server",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.CALLED);

  /** Causes of the table of words that are something's in front of the server. */
  private static final Set<String> IN_FRONT =
      Set.of(
          "blocked-in-front",
          "proxy-policy",
          "ip-not-allowed",
          "country-not-allowed",
          "user-agent-blocked");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean refused = status == 403 || status == 503 || status == 429 || status == 405;
    if (!refused
        || Challenges.in(exchange.responseHeaders()).bearer() != null
        || isServersOwn(exchange)) {
      return;
    }
    boolean edge =
        Refusal.isEdge(exchange) || (isChallenge(exchange) && AnswerBody.isHtml(exchange));
    boolean page = status == 403 && AnswerBody.isHtml(exchange);
    if (!edge && !page && !isInFront(exchange)) {
      return;
    }
    if (status != 403 && !isChallenge(exchange)) {
      return; // A busy or limiting edge speaks for itself: server-error, rate-limited.
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    if (words != null && !IN_FRONT.contains(words.cause())) {
      return; // What the words say is told with them: request-refused.
    }
    report.found(finding(exchange, server, edge, words));
  }

  /** A challenge may come with 202, as if a request were taken (AWS WAF, Challenge). */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (call.isUnanswered() && Refusal.asksForBrowser(exchange)) {
      Wording words = WordTable.of(exchange, Said.of(exchange));
      report.found(finding(exchange, server, true, words));
    }
  }

  private static Finding finding(
      Exchange exchange, McpServer server, boolean edge, @Nullable Wording words) {
    // Words that say more than that it was blocked, and then decide.
    boolean tells = words != null && !words.cause().equals("blocked-in-front");
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject(Actor.serving(exchange.role()).label()) // Its metadata are behind the same.
            .confidence(edge && !tells ? Confidence.CERTAIN : Confidence.LIKELY)
            .detail("mcpauth.cause", isChallenge(exchange) ? "bot-check" : "refused")
            .message(
                "The answer "
                    + exchange.status()
                    + " to "
                    + exchange.request().url()
                    + (edge
                        ? " is not the MCP server's: "
                        : " does not look like the MCP server's: ")
                    + evidence(exchange)
                    + (words != null && (tells || !edge)
                        ? "; what it says means: " + words.meaning()
                        : "")
                    + ". It asks for no login.")
            .saw(exchange.id(), "response", evidence(exchange), "an answer of the MCP server");
    if (words != null) {
      finding.actor(words.actor()).step(words.actor().inWords() + ": " + words.step());
    }
    return finding
        .step(
            "Network: let the requests of this machine through to "
                + (exchange.isMcp()
                    ? "the MCP endpoint and to /.well-known/"
                    : String.valueOf(exchange.request().url()))
                + ": bot rules, geo or IP lists, User-Agent rules")
        .step("User: try from another network or without VPN")
        .build();
  }

  private static boolean isInFront(Exchange exchange) {
    Wording words = exchange.status() == 403 ? WordTable.of(exchange, Said.of(exchange)) : null;
    return words != null && words.isOfVendor() && IN_FRONT.contains(words.cause());
  }

  private static boolean isServersOwn(Exchange exchange) {
    return AnswerBody.isJson(exchange) && RpcError.of(exchange) != null;
  }

  private static boolean isChallenge(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    return exchange.responseHeaders().has("cf-mitigated")
        || Refusal.isBrowserCheck(exchange)
        || "challenge".equals(exchange.responseHeaders().first("x-amzn-waf-action"))
        || "captcha".equals(exchange.responseHeaders().first("x-amzn-waf-action"))
        || text.contains("just a moment")
        || text.contains("captcha");
  }

  private static String product(String header) {
    return switch (header) {
      case "x-amzn-waf-action" -> "AWS WAF";
      case "x-sucuri-id" -> "Sucuri";
      case "x-vercel-mitigated" -> "Vercel's firewall";
      case "x-iinfo" -> "Imperva";
      default -> "Cloudflare";
    };
  }

  private static String evidence(Exchange exchange) {
    Headers headers = exchange.responseHeaders();
    for (String name :
        List.of(
            "cf-mitigated",
            "x-vercel-mitigated",
            "x-amzn-waf-action",
            "cf-ray",
            "x-sucuri-id",
            "x-iinfo")) {
      if (headers.has(name)) {
        return "it has the header " + name + " (" + product(name) + ")";
      }
    }
    String server = headers.first("Server");
    return (AnswerBody.isHtml(exchange) ? "it is an HTML page" : "it is a gateway's")
        + (server == null ? "" : " of " + server);
  }
}
