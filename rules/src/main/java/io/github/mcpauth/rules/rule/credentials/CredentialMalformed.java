package io.github.mcpauth.rules.rule.credentials;

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
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.TokenDefect;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private static final Set<String> MISSPELLED =
      Set.of(
          "authorizations",
          "authorisation",
          "authorisations",
          "authorizaton",
          "authorizatin",
          "authorziation",
          "autorization",
          "autorisation",
          "authoriztion",
          "authorize",
          "authentication");

  /** With what templates of a token begin and end, {@code your_api_key}. */
  private static final List<String> FIRST =
      List.of("your", "my", "insert", "enter", "replace", "paste", "put");

  /** More of them is a token that somebody made large. */
  private static final int LONGEST_CROSSES = 64;

  private static final List<String> LAST = List.of("key", "token", "secret", "here", "me");

  private static final Set<String> WORDS =
      Set.of("changeme", "change_me", "change-me", "token_here", "token-here", "todo");

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
    String other = values.isEmpty() ? misspelled(exchange) : null;
    if (other != null) {
      // A server may read a header of that name.
      report.suspect(
          INFO.name() + "-name",
          now ->
              now.progress().takenBy() >= exchange.id() ? null : misspelled(exchange, other, now));
    }
    String cause = values.isEmpty() ? null : cause(values);
    if (cause == null) {
      return;
    }
    boolean twice = values.size() > 1;
    AccessToken newest = server.newestToken();
    boolean issued =
        cause.equals("scheme-twice")
            && newest != null
            && newest.defect() != null
            && newest.defect().cause().equals(TokenDefect.SCHEME_INSIDE);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .actor(issued ? Actor.AUTHORIZATION_SERVER : twice ? Actor.HOST : Actor.USER)
            .message("The request's Authorization header " + inWords(cause) + ".")
            .saw(exchange.id(), "request.header.authorization", cause, "one Bearer token");
    if (issued) {
      finding.step(
          "Authorization server: answer with the token alone as access_token, without the scheme: it"
              + " has \"Bearer \" in front of it (RFC 6749 §5.1, RFC 6750 §2.1)");
    } else if (twice) {
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

  /** The name of a header that carries a Bearer token and is nearly Authorization; or null. */
  private static @Nullable String misspelled(Exchange exchange) {
    for (Header field : exchange.request().headers()) {
      boolean bearer = field.value().regionMatches(true, 0, "Bearer ", 0, 7);
      boolean scheme =
          field.name().equalsIgnoreCase("Bearer"); // "Bearer: …" for "Authorization: …"
      if (scheme || (bearer && isMisspelled(field.name().toLowerCase(Locale.ROOT)))) {
        return field.name();
      }
    }
    return null;
  }

  private static boolean isMisspelled(String name) {
    return MISSPELLED.contains(name.startsWith("x-") ? name.substring(2) : name);
  }

  /** Whether it is written as documentation and templates write a token that is to be put there. */
  private static boolean isOfTemplate(String token) {
    int length = token.length();
    boolean ofWindows =
        length > 2 && token.indexOf('%') == 0 && token.indexOf('%', 1) == length - 1;
    boolean begins = false;
    for (String each : FIRST) {
      begins |= token.startsWith(each + "_") || token.startsWith(each + "-");
    }
    boolean ends = false;
    for (String each : LAST) {
      ends |= token.endsWith(each);
    }
    boolean crosses =
        length > 2 && length <= LONGEST_CROSSES && token.chars().allMatch(c -> c == 'x');
    boolean dots = length > 2 && token.chars().allMatch(c -> c == '.');
    return ofWindows || (begins && ends) || WORDS.contains(token) || crosses || dots;
  }

  private static Finding misspelled(Exchange exchange, String name, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("header-misspelled")
        .confidence(Confidence.LIKELY)
        .actor(Actor.USER)
        .message(
            "The request carries a Bearer token in the header "
                + name
                + ", and none in the header Authorization, where servers look for it.")
        .saw(exchange.id(), "request.header", name, "Authorization")
        .step(
            "User: configure the header Authorization with the value \"Bearer <token>\" in your"
                + " application")
        .build();
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
        isOfTemplate(token.toLowerCase(Locale.ROOT))
            || token.contains("${")
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
