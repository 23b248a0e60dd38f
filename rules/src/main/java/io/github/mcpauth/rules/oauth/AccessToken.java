package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token that an authorization server issued, kept in memory for as long as it is valid and shown
 * nowhere: {@code toString} hides it.
 */
public final class AccessToken {

  private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";

  private final @Nullable String digest;
  private @Nullable String value;
  private final String type;
  private final @Nullable Instant expires;
  private final Instant issued;
  private final long exchangeId;
  private final TokenRequest request;
  private final List<String> scopes;
  private final @Nullable String refreshToken;
  private final @Nullable JwtClaims claims;
  private final @Nullable TokenDefect defect;
  private final int described;

  private AccessToken(
      String value,
      int described,
      Map<String, @Nullable Object> json,
      @Nullable String mediaType,
      TokenRequest request,
      Instant now,
      long exchangeId) {
    this.value = value;
    this.described = described;
    this.digest = Digest.of(value);
    String named = OAuthJson.text(json, "token_type");
    this.type = named == null ? "Bearer" : named;
    TokenDefect ofMembers = TokenDefect.of(json);
    this.defect = ofMembers == null ? TokenDefect.ofType(mediaType) : ofMembers;
    this.claims = JwtClaims.of(value);
    this.expires = expires(json, claims, now);
    this.issued = now;
    this.exchangeId = exchangeId;
    this.request = request;
    String granted = OAuthJson.text(json, "scope");
    // Left out, the scope is the one asked for (RFC 6749 §5.1).
    this.scopes = granted == null ? request.scopes() : Scopes.split(granted);
    this.refreshToken = Digest.of(OAuthJson.text(json, "refresh_token"));
  }

  /**
   * The access token in a token response (RFC 6749 §5.1), or null where there is none: an
   * intermediate token of a token exchange (RFC 8693 §2.2.1) is not for the MCP server.
   */
  public static @Nullable AccessToken issued(
      Body response,
      @Nullable String mediaType,
      TokenRequest request,
      Instant now,
      long exchangeId) {
    Map<String, @Nullable Object> json = OAuthJson.object(response);
    String value = json == null ? null : OAuthJson.text(json, "access_token");
    if (json == null || value == null || value.isBlank()) {
      return null;
    }
    String kind = OAuthJson.text(json, "issued_token_type");
    boolean intermediate =
        (kind != null && !kind.equals(ACCESS) && !kind.endsWith(":jwt"))
            || "N_A".equalsIgnoreCase(OAuthJson.text(json, "token_type"));
    int described = response.bytes().length + request.length();
    return intermediate
        ? null
        : new AccessToken(value, described, json, mediaType, request, now, exchangeId);
  }

  /** Whether a token response has a token where it must be, whatever kind. */
  public static boolean isIn(Body response) {
    Map<String, @Nullable Object> json = OAuthJson.object(response);
    String value = json == null ? null : OAuthJson.text(json, "access_token");
    return value != null && !value.isBlank();
  }

  private static @Nullable Instant expires(
      Map<String, @Nullable Object> json, @Nullable JwtClaims claims, Instant now) {
    if (json.get("expires_in") instanceof Number seconds && seconds.doubleValue() >= 1) {
      return now.plusSeconds((long) Math.min(seconds.doubleValue(), 365L * 24 * 3600));
    }
    return claims == null ? null : claims.expires();
  }

  /** The exchange that brought it. */
  public long exchangeId() {
    return exchangeId;
  }

  /** The request that it was issued for. */
  public TokenRequest request() {
    return request;
  }

  public Instant issuedAt() {
    return issued;
  }

  /**
   * Whether it may be sent in the place of another token of the same login: it is for the same API,
   * and permits no less.
   */
  public boolean standsInFor(AccessToken other) {
    return other.isAskedForBy(request, scopes);
  }

  /** Whether a refresh asks for what this token is for, rather than for somebody else's API. */
  public boolean isRenewedBy(TokenRequest refresh) {
    return isAskedForBy(refresh, refresh.scopes());
  }

  /**
   * What a refresh leaves out is as in the grant (RFC 6749 §6). One that names another audience, or
   * scopes of another API alone, is answered with a token for that by those who issue for several.
   *
   * @param granted the scopes that are had by it
   */
  private boolean isAskedForBy(TokenRequest later, List<String> granted) {
    boolean named = later.resource() != null && later.resource().equals(request.resource());
    boolean narrower = later.isRefresh() && (later.scopes().isEmpty() || named);
    boolean same = later.isRefresh() && later.audience() == null;
    return (same || Objects.equals(later.audience(), request.audience()))
        && (narrower || later.scopes().equals(request.scopes()) || Scopes.cover(granted, scopes));
  }

  /** What it permits, as granted; empty where neither side named scopes. */
  public List<String> scopes() {
    return scopes;
  }

  /** The digest of the refresh token that came with it, or null. */
  public @Nullable String refreshToken() {
    return refreshToken;
  }

  public @Nullable JwtClaims claims() {
    return claims;
  }

  /** What is wrong with the answer that brought it, or null. */
  public @Nullable TokenDefect defect() {
    return defect;
  }

  /**
   * How it is to be sent (RFC 6749 §7.1), as the answer spells it; Bearer where it does not say.
   */
  public String type() {
    return type;
  }

  /**
   * Whether it may be sent as it is; a DPoP token is bound to a proof for each request (RFC 9449),
   * others to a certificate (RFC 8705 §3.1).
   */
  public boolean isBearer() {
    return type.equalsIgnoreCase("Bearer") && (claims == null || !claims.bound());
  }

  public boolean isValid(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  /** Whether an {@code Authorization} header carries this token. */
  public boolean isIn(@Nullable String authorization) {
    if (authorization == null || digest == null) {
      return false;
    }
    return digest.equals(Digest.of(Authorization.parse(authorization).token()));
  }

  /** Tells whether it is the same again. */
  public @Nullable String digest() {
    return digest;
  }

  /** Forgets the token itself, which nobody will send any more; it can still be told again. */
  public void forget() {
    value = null;
  }

  /** How many characters at most are kept of all that was said of it. */
  public int described() {
    return described;
  }

  /** How many characters of the token itself are kept. */
  public int length() {
    String kept = value;
    return kept == null ? 0 : kept.length();
  }

  /** Whether the token itself is still known. */
  public boolean isKnown() {
    return value != null;
  }

  /** The header value that carries it (RFC 6750 §2.1), while {@link #isKnown}. */
  public String authorization() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "AccessToken of exchange " + exchangeId;
  }
}
