package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a host asks a token endpoint for (RFC 6749 §4, §6), with its secrets as digests.
 *
 * @param client digest of what names the client: its id, wherever it stands; null where nothing
 *     does
 * @param clientAuth {@code none}, {@code client_secret_basic}, {@code client_secret_post}, {@code
 *     private_key_jwt}, or several of them joined by {@code " and "}
 * @param audience whom the token is for in the words of RFC 8693 §2.1 and of those who had such a
 *     parameter before RFC 8707; any text
 * @param verifierLength characters of the PKCE verifier; -1 where there is none
 * @param narrower digest of what else it names, such as a tenant, or a user for whom a client asks;
 *     null where there is nothing
 */
public record TokenRequest(
    String grant,
    @Nullable String clientId,
    @Nullable String client,
    String clientAuth,
    @Nullable String code,
    @Nullable String refreshToken,
    List<String> scopes,
    @Nullable String resource,
    @Nullable String audience,
    int verifierLength,
    @Nullable String redirectUri,
    @Nullable String narrower) {

  /**
   * What OAuth itself has in such a request (RFC 6749, 7521, 7636, 8707), and what says nothing of
   * whom the token is for.
   */
  private static final Set<String> ALIKE =
      Set.of(
          "audience",
          "client_assertion",
          "client_assertion_type",
          "client_id",
          "client_info",
          "client_secret",
          "code",
          "code_verifier",
          "grant_type",
          "nonce",
          "redirect_uri",
          "refresh_token",
          "resource",
          "scope",
          "state");

  /** The request to a token endpoint with this head and form; what is missing is empty or null. */
  public static TokenRequest of(RequestHead head, Body body) {
    return of(head, FormParameters.of(body));
  }

  /** The same where the parameters may be in another form than they should be. */
  public static TokenRequest inAnyForm(RequestHead head, Body body) {
    return of(head, OtherForm.parameters(head, body));
  }

  private static TokenRequest of(RequestHead head, FormParameters form) {
    String grant = form.first("grant_type");
    String verifier = form.first("code_verifier");
    return new TokenRequest(
        grant == null ? "" : grant,
        form.first("client_id"),
        Digest.of(client(head, form)),
        clientAuth(head, form),
        Digest.of(form.first("code")),
        Digest.of(form.first("refresh_token")),
        Scopes.split(form.first("scope")),
        form.first("resource"),
        form.first("audience"),
        verifier == null ? -1 : verifier.length(),
        form.first("redirect_uri"),
        narrower(form));
  }

  private static @Nullable String narrower(FormParameters form) {
    Set<String> others = new TreeSet<>();
    for (FormParameters.Parameter each : form) {
      String name = each.name().toLowerCase(Locale.ROOT);
      boolean varies = name.contains("request-id") || name.contains("correlation");
      if (!name.isEmpty() && !ALIKE.contains(name) && !varies) {
        others.add(name + '=' + each.value());
      }
    }
    return others.isEmpty() ? null : Digest.of(String.join("\n", others));
  }

  private static @Nullable String client(RequestHead head, FormParameters form) {
    String id = form.first("client_id");
    String user = basicUser(Authorization.of(head));
    return id == null ? user : user == null || user.equals(id) ? id : id + ':' + user;
  }

  private static @Nullable String basicUser(@Nullable Authorization authorization) {
    if (authorization == null || !authorization.is("Basic")) {
      return null;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.credentials());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      // The id is form-encoded there (RFC 6749 §2.3.1).
      return colon <= 0
          ? null
          : URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String clientAuth(RequestHead head, FormParameters form) {
    Authorization authorization = Authorization.of(head);
    boolean basic = authorization != null && authorization.is("Basic");
    boolean post = form.first("client_secret") != null;
    boolean jwt = form.first("client_assertion") != null;
    StringBuilder methods = new StringBuilder();
    append(methods, basic, "client_secret_basic");
    append(methods, post, "client_secret_post");
    append(methods, jwt, "private_key_jwt");
    return methods.length() == 0 ? "none" : methods.toString();
  }

  private static void append(StringBuilder methods, boolean used, String method) {
    if (used) {
      methods.append(methods.length() == 0 ? "" : " and ").append(method);
    }
  }

  /** About how many characters it holds. */
  int length() {
    int length = length(clientId) + length(resource) + length(redirectUri) + grant.length();
    for (String scope : scopes) {
      length += scope.length();
    }
    return length;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  public boolean isRefresh() {
    return grant.equals("refresh_token");
  }

  /** Whether no user takes part: the client is who it acts for. */
  public boolean isOfClientItself() {
    return grant.equals("client_credentials");
  }

  public boolean isCodeExchange() {
    return grant.equals("authorization_code");
  }
}
