package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself, not verified: the claims of a JWT (RFC 7519 §4, RFC 9068 §2.2) that
 * tell why a server may refuse it.
 *
 * @param bound whether it names a key that its sender must prove to have (RFC 7800 §3.1)
 * @param holder digest of issuer, subject, and what narrows these down: tells whether two tokens
 *     act for the same user
 * @param scopes of {@code scope} (text) or {@code scp} (text or array)
 */
public record JwtClaims(
    @Nullable String issuer,
    List<String> audience,
    @Nullable Instant expires,
    @Nullable Instant notBefore,
    @Nullable Instant issuedAt,
    List<String> scopes,
    @Nullable String client,
    @Nullable String holder,
    boolean bound) {

  private static final int LONGEST = 64 * 1024;

  /** The claims of a token, or null where it is not a readable JWT: opaque, encrypted, broken. */
  public static @Nullable JwtClaims of(@Nullable String token) {
    if (token == null || token.length() > LONGEST || !token.startsWith("eyJ")) {
      return null;
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return null;
    }
    byte[] payload;
    try {
      payload = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
    } catch (IllegalArgumentException e) {
      return null;
    }
    Map<String, @Nullable Object> json = OAuthJson.object(Body.of(payload));
    return json == null ? null : of(json);
  }

  private static JwtClaims of(Map<String, @Nullable Object> json) {
    String client = OAuthJson.text(json, "azp");
    return new JwtClaims(
        OAuthJson.text(json, "iss"),
        words(json, "aud", false),
        time(json, "exp"),
        time(json, "nbf"),
        time(json, "iat"),
        words(json, json.containsKey("scope") ? "scope" : "scp", true),
        client == null ? OAuthJson.text(json, "client_id") : client,
        holder(json),
        json.containsKey("cnf"));
  }

  private static @Nullable String holder(Map<String, @Nullable Object> json) {
    String issuer = OAuthJson.text(json, "iss");
    String subject = OAuthJson.text(json, "sub");
    if (issuer == null || subject == null) {
      return null;
    }
    StringBuilder holder =
        new StringBuilder().append(issuer.length()).append(issuer).append(subject);
    return Digest.of(holder.append(NarrowerClaims.in(json)).toString());
  }

  private static List<String> words(
      Map<String, @Nullable Object> json, String member, boolean split) {
    String text = OAuthJson.text(json, member);
    if (text == null) {
      return List.copyOf(OAuthJson.texts(json, member));
    }
    return split ? Scopes.split(text) : List.of(text);
  }

  private static @Nullable Instant time(Map<String, @Nullable Object> json, String member) {
    if (!(json.get(member) instanceof Number value)) {
      return null;
    }
    double seconds = value.doubleValue();
    return Math.abs(seconds) < 1e11 ? Instant.ofEpochSecond((long) seconds) : null;
  }

  /** Whether it says that it has expired by then. */
  public boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  /** In words, for a person; claims are not secret (contract: marked as not verified). */
  public String inWords() {
    List<String> words = new ArrayList<>();
    add(words, "iss", issuer);
    add(words, "aud", audience.isEmpty() ? null : String.join(" ", audience));
    add(words, "exp", expires);
    add(words, "nbf", notBefore);
    add(words, "iat", issuedAt);
    add(words, "scope", scopes.isEmpty() ? null : String.join(" ", scopes));
    add(words, "client", client);
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private static void add(List<String> words, String name, @Nullable Object value) {
    if (value != null) {
      words.add(name + "=" + value);
    }
  }
}
