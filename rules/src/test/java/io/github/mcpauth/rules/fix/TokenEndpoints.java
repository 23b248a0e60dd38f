package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoints of a world: they issue opaque tokens and JWTs, short and long ones, refuse,
 * and redirect; one of them writes another one's issuer into its tokens.
 */
final class TokenEndpoints {

  private static final String ROGUE = "https://idp.example/realm/token";

  /** For whom the request under way is, as only the host knows. */
  String asking = "";

  /** The client that is being registered. */
  String registering = "";

  private final Random random;
  private final Vault vault;
  private final Supplier<Instant> clock;
  private final Map<String, Integer> logins = new HashMap<>();
  private final boolean strict;

  TokenEndpoints(Random random, Vault vault, Supplier<Instant> clock) {
    this.random = random;
    this.vault = vault;
    this.clock = clock;
    this.strict = random.nextInt(4) == 0;
  }

  Reply answer(Sent sent, WorldServers servers) {
    FormParameters form = FormParameters.of(Body.of(sent.body()));
    if (form.first("grant_type") == null) {
      return Reply.of(400, "{\"error\":\"invalid_request\"}");
    }
    if (random.nextInt(12) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> Reply.of(400, "{\"error\":\"invalid_grant\"}");
        case 1 -> Reply.of(307, "", "Location", "https://thief.example/token");
        default -> Reply.of(500, "");
      };
    }
    if (strict && form.first("client_secret") != null) {
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    return issue(sent.head().url().toString(), form, servers);
  }

  private Reply issue(String endpoint, FormParameters form, WorldServers servers) {
    Vault.Refresh renewed = vault.refresh(form.first("refresh_token"));
    String user = renewed == null ? asking : renewed.of().user;
    int login = renewed == null ? login(endpoint, form) : renewed.of().login;
    int seconds = random.nextInt(3) == 0 ? 60 : 3600;
    Instant expires = clock.get().plusSeconds(seconds);
    boolean bearer = random.nextInt(5) > 0;
    Vault.Token token =
        new Vault.Token(text(endpoint, user, servers), user, login, bearer, expires);
    String resource = form.first("resource");
    int named = resource == null ? -1 : Sites.named(resource);
    if (named >= 0) {
      vault.asked(login, named);
    }
    if (named >= 0 && servers.issues(endpoint, named)) {
      token.places.add(named);
    } else if (resource != null) {
      token.places.clear();
    } else if (renewed != null) {
      token.places.addAll(renewed.of().places);
    }
    boolean brings = random.nextInt(3) > 0;
    Vault.Refresh refresh =
        brings ? new Vault.Refresh(vault.fresh("refresh"), token, endpoint) : null;
    vault.issue(token, refresh);
    return Reply.of(200, body(token, seconds, refresh));
  }

  /** A client that acts for itself is one login for each endpoint and resource. */
  private int login(String endpoint, FormParameters form) {
    boolean itself = "client_credentials".equals(form.first("grant_type"));
    String key =
        itself
            ? form.first("client_id") + "|" + form.first("resource") + "|" + endpoint
            : vault.fresh("grant");
    return logins.computeIfAbsent(key, any -> logins.size() + 1);
  }

  private String text(String endpoint, String user, WorldServers servers) {
    if (random.nextBoolean()) {
      return vault.fresh("token");
    }
    String another = random.nextBoolean() ? "https://as.example" : "https://idp.example/other";
    // One whose own document names this endpoint has its tokens issued here.
    boolean rogue = endpoint.equals(ROGUE) && !servers.hasIssuedAt(another, endpoint);
    boolean lies = rogue && random.nextInt(3) == 0;
    String issuer = lies ? another : endpoint.replace("/token", "");
    String subject = lies ? "alice" : user;
    return jwt(issuer, subject);
  }

  /** A token that says whose it is; anybody can write one. */
  String jwt(String issuer, String subject) {
    String claims =
        "{\"iss\":\""
            + issuer
            + "\",\"sub\":\""
            + subject
            + "\",\"jti\":\""
            + vault.fresh("j")
            + "\"}";
    return "eyJhbGciOiJub25lIn0." + encoded(claims) + ".c2ln";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(Vault.Token token, int seconds, Vault.@Nullable Refresh refresh) {
    String type = token.bearer ? "Bearer" : "DPoP";
    String renews = refresh == null ? "" : ",\"refresh_token\":\"" + refresh.value() + '"';
    return "{\"access_token\":\""
        + token.value
        + "\",\"token_type\":\""
        + type
        + "\",\"expires_in\":"
        + seconds
        + renews
        + "}";
  }
}
