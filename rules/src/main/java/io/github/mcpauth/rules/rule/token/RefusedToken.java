package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.reading.GrantedScopes;
import io.github.mcpauth.rules.reading.LoginWords;
import io.github.mcpauth.rules.reading.Misfit;
import io.github.mcpauth.rules.reading.NamedScope;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a token is refused in which nothing is seen to be wrong. */
final class RefusedToken {

  /** Causes of the table of words that are of the account, its plan, or something in front. */
  private static final Set<String> OF_ANOTHER_THING =
      Set.of(
          "access-policy",
          "account-disabled",
          "api-disabled",
          "blocked-in-front",
          "body-too-large",
          "country-not-allowed",
          "csrf",
          "email-not-verified",
          "gateway-policy",
          "host-not-allowed",
          "ip-not-allowed",
          "maintenance",
          "not-allowed-by-admin",
          "not-licensed",
          "payment",
          "permission",
          "policy",
          "proxy-policy",
          "quota",
          "quota-project",
          "rate-limited",
          "server-stopped",
          "service-login",
          "tool-disabled",
          "user-agent",
          "user-agent-blocked");

  /** Causes that speak of what is in a JWT: an opaque key that is configured is none. */
  private static final Set<String> OF_A_JWT = Set.of("signature", "not-a-jwt");

  /** How many words a text has, that is in one line. */
  private static long words(String text) {
    return 1 + text.strip().chars().filter(c -> c == ' ').count();
  }

  /** Whether what the server says is not about the token: another rule's. */
  static boolean isNotAtFault(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    return words != null && OF_ANOTHER_THING.contains(words.cause());
  }

  /** The issuer or audience of a token where it is what the metadata names, else null. */
  private static @Nullable String asPublished(
      String cause, @Nullable JwtClaims claims, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    if (claims == null || document == null) {
      return null;
    }
    String issuer = claims.issuer();
    String resource = document.resource();
    return switch (cause) {
      case "issuer" ->
          issuer != null && document.authorizationServers().contains(issuer) ? issuer : null;
      case "audience" -> resource != null && claims.audience().contains(resource) ? resource : null;
      default -> null;
    };
  }

  /** The scheme that the server asks for where it does not take Bearer tokens, or null. */
  private static @Nullable String otherScheme(Exchange exchange) {
    Challenges challenges = Challenges.in(exchange.responseHeaders());
    return challenges.all().isEmpty() || challenges.bearer() != null
        ? null
        : challenges.all().get(0).scheme();
  }

  /** Why a token is refused in which nothing is seen to be wrong. */
  static Misfit why(
      Exchange exchange,
      McpServer server,
      @Nullable AccessToken newest,
      @Nullable JwtClaims claims) {
    Misfit claimed = ClaimsChallenge.misfit(exchange);
    if (claimed != null) {
      return claimed;
    }
    boolean worked = newest != null && newest == server.tokens().accepted().token();
    if (newest != null && worked && newest.refreshToken() != null && exchange.status() == 401) {
      return new Misfit(
          "refresh-not-attempted",
          Actor.HOST,
          "it worked before, and came with a refresh token that this agent did not see used",
          List.of(
              "Your application: on 401, refresh the token with the refresh token, once, and send the new one",
              "User: if that is refused, log in again"));
    }
    Misfit scope = newest == null ? null : GrantedScopes.lost(newest, server);
    if (scope != null) {
      return scope;
    }
    Misfit unseen = TokenNotSeen.of(exchange);
    if (unseen != null) {
      return unseen;
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    String own = words == null ? null : asPublished(words.cause(), claims, server);
    if (words != null && own != null) {
      return new Misfit(
          words.cause(),
          Actor.MCP_SERVER,
          "it refuses the " + words.cause() + ", which is " + own + " as its own metadata has it",
          List.of(
              "MCP server: configure the "
                  + words.cause()
                  + " that it accepts as "
                  + own
                  + ", to the letter, or correct its protected resource metadata"));
    }
    if (words != null && newest == null && claims == null && OF_A_JWT.contains(words.cause())) {
      return new Misfit(
          words.cause(),
          Actor.USER,
          "what it says means: "
              + words.meaning()
              + "; the credential is none of the tokens that this server takes",
          List.of(
              "User: check the key or token that is configured, and the header that the server reads"
                  + " it from: an API key often has a header of its own (X-API-Key)",
              "MCP server: say in WWW-Authenticate what it takes"));
    }
    Misfit encrypted = EncryptedToken.misfit(exchange.bearerToken(), newest, server);
    if (encrypted != null && (words == null || OF_A_JWT.contains(words.cause()))) {
      return encrypted;
    }
    boolean ofNobody = newest != null && claims == null && EncryptedToken.isOfNobody(newest);
    if (words != null && ofNobody && words.cause().equals("not-a-jwt")) {
      return EncryptedToken.orOpaque(words, server);
    }
    if (words != null && newest != null && words.cause().equals("guarded-in-front")) {
      return new Misfit(
          words.cause(),
          Actor.NETWORK,
          "what it says means: "
              + words.meaning()
              + ", and your application logged in as the server's own metadata says",
          List.of(
              "Network: have the proxy leave out the path of the MCP endpoint, so that the server's own"
                  + " login counts there; look at its routes: /mcp/* does not cover /mcp",
              words.actor().inWords() + ": or, as the proxy is meant: " + words.step()));
    }
    boolean ofLogin = newest != null && server.resourceMetadata() != null;
    if (words != null
        && ofLogin
        && words.cause().equals("issuer")
        && words.actor() == Actor.HOST
        && claims == null) {
      return new Misfit(
          words.cause(),
          Actor.MCP_SERVER,
          "what it says means: "
              + words.meaning()
              + "; the token was issued in a login at the authorization server that its own metadata"
              + " names",
          List.of(
              "MCP server: set the issuer that it accepts to the one that the authorization server"
                  + " writes into its tokens (iss), to the letter: version, host name and a slash at"
                  + " the end count",
              "Your application: or log in at the authorization server that the server means, if its"
                  + " metadata names several"));
    }
    boolean anyToken =
        words != null
            && words.cause().equals("token-rejected")
            && words.actor() == Actor.HOST
            && exchange.status() == 401;
    if (words != null && anyToken && newest != null && !worked) {
      return new Misfit(
          words.cause(),
          Actor.MCP_SERVER,
          "what it says means: "
              + words.meaning()
              + "; the token was issued in this login and was never taken, so that it is hardly over:"
              + " audience, issuer or signature do not fit what the server checks",
          List.of(
              "MCP server: its log tells which check of the token fails; compare audience, issuer and"
                  + " keys (jwks_uri) of its configuration with the token",
              "Authorization server: put the server's URL into the token's audience (aud), as asked"
                  + " for with resource",
              words.actor().inWords() + ": if the server was restarted, " + words.step()));
    }
    if (words != null) {
      return new Misfit(
          words.cause(),
          words.actor(),
          "what it says means: " + words.meaning(),
          List.of(
              words.actor().inWords() + ": " + NamedScope.step(words, Said.of(exchange)),
              "User: if the token is configured by hand, check that it is for this server"));
    }
    String scheme = otherScheme(exchange);
    if (scheme != null) {
      return new Misfit(
          "other-scheme",
          Actor.HOST,
          "it was sent as a Bearer token, and the server asks for the scheme " + scheme,
          List.of(
              "Your application: present the credential in the scheme "
                  + scheme
                  + (scheme.equalsIgnoreCase("DPoP")
                      ? ": a token bound to a key, with a proof for each request (RFC 9449)"
                      : ", not as a Bearer token"),
              "MCP server: or offer Bearer in WWW-Authenticate as well"));
    }
    Misfit fewer =
        newest == null || exchange.status() != 401 ? null : GrantedScopes.fewer(newest, server);
    if (fewer != null && Said.of(exchange).text() == null) {
      return fewer;
    }
    if (newest != null && newest.defect() != null && newest.defect().cause().equals("expires-in")) {
      return new Misfit(
          "expires-in",
          Actor.AUTHORIZATION_SERVER,
          "the answer that brought it says expires_in " + newest.defect().observed(),
          List.of(
              "Authorization server: answer with expires_in as " + newest.defect().expected(),
              "MCP server: log why it refuses the token"));
    }
    boolean ofToken = exchange.status() == 401 || LoginWords.rejected(Said.of(exchange).lower());
    if (newest == null && ofToken) {
      return new Misfit(
          "unexplained",
          Actor.USER,
          "nothing in the token tells why: it may be over, revoked, or for another server",
          List.of(
              "User: log in again, or configure a new token for this server",
              "MCP server: say why in WWW-Authenticate: Bearer error=\"invalid_token\","
                  + " error_description=\"…\", and log it"));
    }
    String text = Said.of(exchange).text();
    if (exchange.status() == 403 && text != null && words(text) > 4) {
      return new Misfit(
          "unexplained",
          Actor.USER,
          "403 says that the caller is known and may not do this; what the server says is quoted here",
          List.of(
              "User: do what the server asks for, or have your account given what it names, there",
              "MCP server: its log tells more of this request"));
    }
    Misfit audience = newest == null ? null : NotAskedFor.misfit(newest, claims, server);
    if (audience != null) {
      return audience;
    }
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    boolean says = bearer != null && bearer.parameter("error_description") != null;
    return new Misfit(
        "unexplained",
        Actor.MCP_SERVER,
        worked ? "it worked before" : "nothing in the token tells why",
        List.of(
            "MCP server: log why it refuses the token: audience, issuer, signature key, revocation",
            says
                ? "User: see what the server says, which is quoted here"
                : "MCP server: say so in WWW-Authenticate: Bearer error=\"invalid_token\","
                    + " error_description=\"…\"",
            "User: if the token is configured by hand, check that it is for this server"));
  }

  private RefusedToken() {}
}
