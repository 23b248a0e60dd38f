package io.github.mcpauth.rules.rule.registration;

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
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.RegistrationResponse;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.Said;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registration was answered with success, but not with what a client needs. A token request
 * disproves what a lenient host can do without.
 */
public final class RegistrationResponseInvalid implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "registration-response-invalid",
              "The answer to the registration is not what a client needs",
              Severity.ERROR,
              Actor.AUTHORIZATION_SERVER,
              "RFC 7591 §3.2.1",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  private static final Duration LOGIN = Duration.ofMinutes(5);

  private static final Set<String> LENIENT = Set.of("wrong-type", "no-secret-expiry");

  /** What is not as it must be. */
  private record Flaw(String cause, String member, String observed, String expected) {
    boolean isFatal() {
      return member.equals("client_id") || member.equals("body");
    }
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean success = exchange.status() >= 200 && exchange.status() < 300;
    if (exchange.role() != Role.REGISTRATION
        || !success
        || !exchange.responseBody().complete()
        || (!exchange.responseBody().isEmpty() && !exchange.responseBody().isWhole())) {
      return;
    }
    Flaw flaw = flaw(exchange);
    if (flaw == null) {
      return;
    }
    Finding finding = finding(exchange, server, flaw);
    if (flaw.isFatal()) {
      report.found(finding);
    } else {
      // Of a wrong type a lenient host takes no notice, and its user logs in meanwhile.
      Duration patience = LENIENT.contains(flaw.cause()) ? LOGIN : Duration.ofSeconds(1);
      report.suspect(INFO.name(), patience, now -> now.tokens().everRequested() ? null : finding);
    }
  }

  private static @Nullable Flaw flaw(Exchange exchange) {
    RegistrationResponse answer = RegistrationResponse.parse(exchange.responseBody());
    if (answer == null) {
      String what =
          exchange.responseBody().isEmpty()
              ? "empty"
              : AnswerBody.isHtml(exchange) ? "an HTML page" : "no JSON object";
      return new Flaw("not-json", "body", what, "a JSON object with a client_id");
    }
    if (answer.clientId() == null || answer.clientId().isBlank()) {
      return new Flaw("no-client-id", "client_id", "absent, or no text", "a text");
    }
    List<String> asked = RegistrationResponse.asked(exchange.requestBody());
    List<String> registered = answer.redirectUris();
    if (!asked.isEmpty() && (registered == null || registered.isEmpty())) {
      String what = registered == null ? "left out" : "empty: []";
      return new Flaw("no-redirect-uris", "redirect_uris", what, asked.toString());
    }
    if (registered != null && !registered.containsAll(asked)) {
      return new Flaw(
          "redirect-uris-changed", "redirect_uris", registered.toString(), asked.toString());
    }
    String method = answer.authMethod();
    boolean wantsSecret = method != null && method.startsWith("client_secret");
    if (wantsSecret && !answer.secret()) {
      return new Flaw("no-client-secret", "client_secret", "absent", "a secret, for " + method);
    }
    boolean over =
        answer.secretExpires() != null && answer.secretExpires().isBefore(exchange.sentAt());
    if (over) {
      return new Flaw(
          "secret-expired",
          "client_secret_expires_at",
          String.valueOf(answer.secretExpires()),
          "0, or a time to come in seconds");
    }
    if (!answer.wrongTypes().isEmpty()) {
      return wrongType(answer.wrongTypes().get(0));
    }
    return answer.secret() && answer.secretExpires() == null && !neverExpires(exchange)
        ? new Flaw(
            "no-secret-expiry",
            "client_secret_expires_at",
            "left out beside a client_secret",
            "0, or a time to come in seconds")
        : null;
  }

  /** Whether the member is there (0), which RFC 7591 §3.2.1 requires beside a secret. */
  private static boolean neverExpires(Exchange exchange) {
    return AnswerBody.text(exchange).contains("\"client_secret_expires_at\"");
  }

  /** Of {@code grant_types is null, and must be an array of strings}. */
  private static Flaw wrongType(String words) {
    int is = words.indexOf(" is ");
    int must = words.indexOf(", and must be ");
    return new Flaw(
        "wrong-type",
        words.substring(0, is),
        words.substring(is + 4, must),
        words.substring(must + 14) + ", or left out");
  }

  private static Finding finding(Exchange exchange, McpServer server, Flaw flaw) {
    return FindingBuilder.of(INFO, server)
        .cause(flaw.cause())
        .severity(flaw.isFatal() ? Severity.ERROR : Severity.WARNING)
        .confidence(flaw.isFatal() ? Confidence.CERTAIN : Confidence.LIKELY)
        .quote(flaw.isFatal() ? Said.of(exchange).quote() : null)
        .message(
            "The registration at "
                + exchange.request().url()
                + " was answered "
                + exchange.status()
                + ", but "
                + flaw.member()
                + " is "
                + flaw.observed()
                + "; expected: "
                + flaw.expected()
                + ". Strict clients stop here, and no token was asked for.")
        .saw(exchange.id(), "response.json." + flaw.member(), flaw.observed(), flaw.expected())
        .step(
            "Authorization server: answer 201 with all metadata of the registered client, "
                + (flaw.member().equals("body") ? "client_id" : flaw.member())
                + " as registered among it (RFC 7591 §3.2.1)")
        .step("User: or register by hand, and configure the client_id")
        .build();
  }
}
