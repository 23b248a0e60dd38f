package io.github.mcpauth.rules.rule.transport;

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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Passing;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Refusal;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server refuses for now because of too many requests: 429, or the JSON-RPC code -32429. */
public final class RateLimited implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.RATE_LIMITED,
              "The server refuses for now: too many requests",
              Severity.WARNING,
              Actor.HOST,
              "RFC 6585 §4 (429); RFC 9110 §10.2.3 (Retry-After)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .with(Trait.PASSING);

  private static final int TOO_MANY = -32429;

  /** A host asks for the stream once with each session. */
  private static final int MANY = 10;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean code =
        McpRequest.isMessage(exchange)
            && exchange.status() >= 400
            && RpcError.code(exchange) == TOO_MANY;
    if ((exchange.status() != 429 && !code) || Refusal.isBrowserCheck(exchange)) {
      return;
    }
    Finding finding = finding(exchange, server);
    Duration pause = shortPause(exchange);
    if (pause == null) {
      report.found(finding);
    } else {
      report.suspect(INFO.name(), pause, now -> isRepeated(exchange, now) ? null : finding);
    }
  }

  /** Whether the application asked once more, and was answered. */
  private static boolean isRepeated(Exchange exchange, McpServer server) {
    String method = Permissions.method(exchange);
    AccessToken newest = server.newestToken();
    return switch (exchange.role()) {
      case REGISTRATION -> server.discovery().registration() != null;
      case TOKEN -> newest != null && newest.exchangeId() > exchange.id();
      case PROTECTED_RESOURCE_METADATA -> server.resourceMetadata() != null;
      case AUTHORIZATION_SERVER_METADATA -> server.discovery().server() != null;
      default ->
          method == null
              ? server.progress().takenBy() > exchange.id()
              : server.tokens().accepted().afterwards(method, exchange.id());
    };
  }

  /** A pause of some seconds that is kept is health; a longer one is worth telling at once. */
  private static @Nullable Duration shortPause(Exchange exchange) {
    Integer seconds = Passing.seconds(exchange);
    return seconds == null ? null : Duration.ofSeconds(seconds + 2);
  }

  /**
   * What the answer speaks of: a product's own limit, or another than one of requests in a time.
   */
  private static @Nullable Wording otherThanRate(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    boolean other =
        words != null
            && words.isOfText()
            && (words.isOfVendor() || !words.cause().equals("rate-limited"));
    return other && words != null && !words.isOfCredential() ? words : null;
  }

  private static Finding finding(Exchange exchange, McpServer server) {
    boolean status = exchange.status() == 429;
    String after = exchange.responseHeaders().first("Retry-After");
    Wording words = otherThanRate(exchange);
    FindingBuilder finding = FindingBuilder.of(INFO, server).subject(exchange.role().label());
    if (words != null) {
      finding
          .cause(words.cause())
          .actor(words.actor())
          .confidence(Confidence.LIKELY)
          .step(words.actor().inWords() + ": " + words.step());
    }
    int vain = server.streamAges().askedInVain();
    if (vain >= MANY) {
      finding.step(
          "Your application: stop asking for the event stream (GET) once it was answered 405: there"
              + " is none, and requests by POST need none; an MCP SDK that asks again wants an"
              + " update");
    }
    return finding
        .message(
            "A request ("
                + exchange.role().inWords()
                + ") was refused with "
                + (status ? "429" : exchange.status() + " and the JSON-RPC error " + TOO_MANY)
                + (words == null ? "" : "; what it says means: " + words.meaning())
                + (vain < MANY
                    ? ""
                    : "; before it, your application asked for the event stream "
                        + vain
                        + " times, again and again, although the answer was 405 each time")
                + (after == null ? "." : "; the server asks to wait: Retry-After " + after + "."))
        .saw(
            exchange.id(),
            status ? "response.status" : "response.json.error.code",
            String.valueOf(status ? 429 : TOO_MANY),
            "success")
        .step(
            "Your application: wait "
                + (after == null ? "a while" : "as long as Retry-After says")
                + " before the next attempt; do not reconnect in parallel")
        .build();
  }
}
