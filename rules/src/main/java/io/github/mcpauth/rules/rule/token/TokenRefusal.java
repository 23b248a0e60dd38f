package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.TokenDefect;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a token endpoint refused: first what the requests themselves prove, then the words of a known
 * product, then what the requests make likely, then common words, then what the code means.
 *
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 */
record TokenRefusal(
    String cause, Actor actor, Confidence confidence, String inWords, List<String> remedy) {

  static TokenRefusal of(TokenRequest request, Said said, Exchange exchange, McpServer server) {
    TokenRefusal refusal =
        exchange.status() < 400 && said.code() == null
            ? noToken(exchange)
            : refusal(request, said, exchange, server);
    return refusal.withShape(exchange, said);
  }

  private static TokenRefusal refusal(
      TokenRequest request, Said said, Exchange exchange, McpServer server) {
    TokenRefusal misshapen = MisshapenRequest.of(said, exchange);
    if (misshapen != null) {
      return misshapen;
    }
    TokenRefusal proven = ProvenRefusal.of(request, said, exchange, server);
    if (proven != null) {
      return proven;
    }
    Wording words =
        WordTable.of(
            exchange,
            said,
            row -> !(request.isCodeExchange() && row.cause().equals("refresh-token-rejected")));
    boolean ofSecret = words != null && words.cause().equals("client-secret-wrong");
    TokenRefusal encoding = ofSecret ? LikelyRefusal.ofEncoding(request, exchange) : null;
    if (encoding != null) {
      return encoding;
    }
    if (words != null && words.isOfVendor()) {
      return of(words);
    }
    TokenRefusal likely = LikelyRefusal.of(request, said, exchange, server);
    boolean known =
        words != null
            && (words.cause().startsWith("account-")
                || words.cause().equals("document-not-fetched"));
    if (likely != null && !known) {
      return likely;
    }
    if (words != null) {
      return of(words);
    }
    boolean notFound = exchange.status() == 404 || exchange.status() == 405;
    return notFound && said.code() == null
        ? noEndpoint(exchange, server)
        : byCode(request, said, exchange);
  }

  /** What a row of the table of words says. */
  private static TokenRefusal of(Wording words) {
    return new TokenRefusal(
        words.cause(),
        words.actor(),
        Confidence.LIKELY,
        "What it says means: " + words.meaning() + ".",
        List.of(words.actor().inWords() + ": " + words.step()));
  }

  private static TokenRefusal byCode(TokenRequest request, Said said, Exchange exchange) {
    String code = said.code() == null ? "" : said.code();
    if (request.isRefresh() && speaksOfToken(said)) {
      return grant(request).likely();
    }
    return switch (code) {
      case "invalid_grant" -> grant(request).likely();
      case "invalid_client" ->
          user(
                  "client-unknown",
                  "The server does not know this client, or refuses its secret.",
                  "User: check client_id and secret in the configuration",
                  "Your application: if the client was registered earlier, register again")
              .likely();
      case "invalid_request" ->
          host(
                  "malformed-request",
                  "The request lacks something, has it twice, or has a value that is not taken.",
                  !said.isQuoted()
                      ? "Your application: compare the request with RFC 6749 §4 and §6; the answer does"
                          + " not say what is wrong with it"
                      : "Your application: correct what the answer says, which is quoted here")
              .likely();
      default ->
          exchange.status() == 401 && code.isEmpty() && !AnswerBody.isHtml(exchange)
              ? user(
                      "client-unknown",
                      "With 401 a token endpoint refuses the client (RFC 6749 §5.2): its id, its"
                          + " secret, or the way in which they are sent.",
                      "User: check client_id and client secret in the configuration")
                  .possibly()
              : unknown(code, said, exchange);
    };
  }

  /** Whether it says, under whatever code, that a token is not taken. */
  private static boolean speaksOfToken(Said said) {
    String text = said.text() == null ? "" : said.text().toLowerCase(Locale.ROOT);
    boolean refused = false;
    for (String word : new String[] {"invalid", "expired", "revoked", "not found", "unknown"}) {
      refused |= text.contains(word);
    }
    return refused && text.contains("token") && !text.contains("access token");
  }

  /** Nothing is known of what was said: it is quoted, and no more is made of it. */
  private static TokenRefusal unknown(String code, Said said, Exchange exchange) {
    if (said.code() == null && AnswerBody.isHtml(exchange)) {
      return server(
          "not-json",
          "The answer is an HTML page, not an OAuth answer.",
          "Authorization server: answer token requests with JSON (RFC 6749 §5.2)",
          "Network: check what stands in front of the token endpoint");
    }
    boolean faulty = exchange.status() >= 500 || exchange.status() < 400;
    String words =
        code.isEmpty()
            ? "The answer holds neither a token nor an OAuth error."
            : "RFC 6749 does not know this error, nor does this agent.";
    String ask = "Authorization server: look up the request in its log";
    TokenRefusal refusal =
        faulty || said.quote() == null
            ? server("unknown-error", words, ask)
            : user(
                "unknown-error",
                words,
                "User: see what the server says, which is quoted here, and who must change it",
                ask);
    return refusal.possibly();
  }

  /** Nothing of OAuth answers at this URL. */
  private static TokenRefusal noEndpoint(Exchange exchange, McpServer server) {
    if ("github.com".equals(exchange.request().url().getHost())) {
      return user(
              "client-unknown",
              "GitHub answers 404 to a client_id that it does not know.",
              "User: check client_id: that of the OAuth app or GitHub App, not its number or name")
          .likely();
    }
    var metadata = server.discovery().server();
    boolean named =
        metadata != null
            && exchange.request().url().toString().equals(metadata.document().tokenEndpoint());
    return named
        ? server(
                "endpoint-not-found",
                "The metadata names this URL as token_endpoint, and no token endpoint answers there.",
                "Authorization server: serve token requests (POST) at the token_endpoint of its"
                    + " metadata, or correct the metadata")
            .likely()
        : host(
                "endpoint-not-found",
                "No token endpoint answers at this URL.",
                "Your application: send token requests to the token_endpoint of the authorization"
                    + " server metadata")
            .likely();
  }

  private static TokenRefusal noToken(Exchange exchange) {
    if (AnswerBody.isHtml(exchange)) {
      return unknown("", Said.of(exchange), exchange);
    }
    TokenDefect hidden = TokenDefect.hidden(exchange.responseBody());
    String step =
        "Authorization server: answer with access_token and token_type at the top of one JSON object"
            + " (RFC 6749 §5.1), or with an error";
    String empty = exchange.responseBody().isEmpty() ? "The answer is empty: it" : "The answer";
    return hidden == null
        ? server("no-token", empty + " holds neither a token nor an OAuth error.", step)
        : server(
            hidden.cause().equals("form-encoded") ? "form-encoded" : hidden.cause(),
            "It is an answer of success with "
                + hidden.observed()
                + " where clients expect "
                + hidden.expected()
                + ".",
            step);
  }

  private static TokenRefusal grant(TokenRequest request) {
    if (request.isRefresh()) {
      return user(
          "refresh-token-rejected",
          "The refresh token is expired, revoked or used up.",
          "User: log in again",
          "Your application: on invalid_grant, drop the refresh token and start a new login");
    }
    return request.isCodeExchange()
        ? host(
            "code-rejected",
            "The code is expired, used up, of another client, or does not match redirect_uri or"
                + " verifier.",
            "Your application: exchange a code once and at once, with the redirect_uri and verifier of its"
                + " login")
        : host(
            "grant-rejected",
            "The assertion or credential was not accepted.",
            "Your application: check issuer, audience and lifetime of the assertion");
  }

  /** The same with what is wrong with the answer's status or form. */
  private TokenRefusal withShape(Exchange exchange, Said said) {
    List<String> steps = new ArrayList<>(remedy);
    String words = inWords;
    String media = exchange.mediaType();
    boolean form = media != null && media.contains("form-urlencoded");
    boolean asked =
        String.valueOf(exchange.request().headers().first("Accept"))
            .toLowerCase(Locale.ROOT)
            .contains("application/json");
    if (form) {
      words += " The answer is a form, not JSON.";
      if (!asked) {
        steps.add("Your application: send Accept: application/json with token requests");
      }
    }
    if (exchange.status() < 400 && said.code() != null) {
      words += " It came with a status of success.";
      steps.add(
          "Authorization server: send errors with status 400 or 401, not "
              + exchange.status()
              + " (RFC 6749 §5.2); clients take it for success");
    }
    return new TokenRefusal(cause, actor, confidence, words, steps);
  }

  TokenRefusal likely() {
    return new TokenRefusal(cause, actor, Confidence.LIKELY, inWords, remedy);
  }

  private TokenRefusal possibly() {
    return new TokenRefusal(cause, actor, Confidence.POSSIBLE, inWords, remedy);
  }

  static TokenRefusal host(String cause, String words, String... steps) {
    return of(cause, Actor.HOST, words, steps);
  }

  static TokenRefusal user(String cause, String words, String... steps) {
    return of(cause, Actor.USER, words, steps);
  }

  static TokenRefusal server(String cause, String words, String... steps) {
    return of(cause, Actor.AUTHORIZATION_SERVER, words, steps);
  }

  private static TokenRefusal of(String cause, Actor actor, String words, String... steps) {
    return new TokenRefusal(cause, actor, Confidence.CERTAIN, words, List.of(steps));
  }

  /** The code, or what there is instead of one. */
  static String code(@Nullable String code) {
    return code == null ? "without an OAuth error" : code;
  }
}
