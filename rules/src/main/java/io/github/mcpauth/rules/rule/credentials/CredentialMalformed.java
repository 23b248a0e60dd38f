package io.github.mcpauth.rules.rule.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request's credential cannot be right, whatever the server thinks of it: a placeholder that
 * was never filled in, an empty or doubled one. A single well-formed value disproves it.
 */
public final class CredentialMalformed implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.CREDENTIAL_MALFORMED,
              "Your application sends an Authorization header that cannot be right",
              Severity.ERROR,
              Actor.HOST,
              "RFC 6750 §2.1; RFC 9110 §11.6.2",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.SENT)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void sent(Exchange exchange, McpServer server, Report report) {
    if (!exchange.isMcp()) {
      return;
    }
    List<String> values = exchange.request().headers().all("Authorization");
    String cause = values.isEmpty() ? null : cause(values);
    if (cause == null) {
      return;
    }
    boolean twice = values.size() > 1;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .actor(twice ? Actor.HOST : Actor.USER)
            .message("The request's Authorization header " + inWords(cause) + ".")
            .saw(exchange.id(), "request.header.authorization", cause, "one Bearer token");
    if (twice) {
      finding.step(
          "Your application: set the header once; a provider and a static header must not both add it");
    } else {
      finding.step(
          "User: check the token in your application's configuration"
              + switch (cause) {
                case "placeholder" -> ", and whether your application resolves ${…} there";
                case "scheme-twice" -> ": it goes there without \"Bearer\"";
                default -> "";
              });
    }
    if (cause.equals("repeated") || cause.equals("scheme-twice")) {
      finding.fixStep("sends the header once, and its scheme once");
    }
    report.found(finding.build());
  }

  /** What is wrong with the values, or null. */
  static @Nullable String cause(List<String> values) {
    if (values.size() > 1) {
      return new HashSet<>(values).size() == 1 ? "repeated" : "contradictory";
    }
    String value = values.get(0).strip();
    if (value.equalsIgnoreCase("Bearer")) {
      return "empty";
    }
    Authorization authorization = Authorization.parse(value);
    boolean bearer = authorization.is("Bearer");
    String token = bearer ? authorization.credentials() : value;
    if (bearer && Authorization.parse(token).is("Bearer")) {
      return "scheme-twice";
    }
    boolean placeholder =
        token.contains("${")
            || token.startsWith("{{")
            || token.startsWith("$")
            || (token.startsWith("<") && token.endsWith(">"))
            || token.equalsIgnoreCase("undefined")
            || token.equalsIgnoreCase("null")
            || token.equalsIgnoreCase("none")
            || token.equalsIgnoreCase("[object Object]");
    if (placeholder) {
      return "placeholder";
    }
    if (bearer && token.indexOf(' ') >= 0) {
      return "blank-inside";
    }
    int blank = value.indexOf(' ');
    return bearer && blank + 1 < value.length() && value.charAt(blank + 1) == ' '
        ? "two-blanks"
        : null;
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "repeated" -> "is there more than once, with the same value";
      case "contradictory" -> "is there more than once, with different values";
      case "empty" -> "names the scheme Bearer but no token";
      case "scheme-twice" -> "names the scheme twice: \"Bearer Bearer …\"";
      case "placeholder" -> "holds a placeholder instead of a token";
      case "two-blanks" -> "has more than one blank between scheme and token";
      default -> "has a blank inside the token";
    };
  }
}
