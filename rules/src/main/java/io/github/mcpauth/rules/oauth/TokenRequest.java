package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a host asks a token endpoint for (RFC 6749 §4, §6), with its secrets as digests.
 *
 * @param clientAuth {@code none}, {@code client_secret_basic}, {@code client_secret_post}, {@code
 *     private_key_jwt}, or several of them joined by {@code " and "}
 * @param verifierLength characters of the PKCE verifier; -1 where there is none
 */
public record TokenRequest(
    String grant,
    @Nullable String clientId,
    String clientAuth,
    @Nullable String code,
    @Nullable String refreshToken,
    List<String> scopes,
    @Nullable String resource,
    int verifierLength,
    @Nullable String redirectUri) {

  /** The request to a token endpoint with this head and form; what is missing is empty or null. */
  public static TokenRequest of(RequestHead head, Body body) {
    String grant = FormField.of(body, "grant_type");
    String verifier = FormField.of(body, "code_verifier");
    return new TokenRequest(
        grant == null ? "" : grant,
        FormField.of(body, "client_id"),
        clientAuth(head, body),
        Digest.of(FormField.of(body, "code")),
        Digest.of(FormField.of(body, "refresh_token")),
        Scopes.split(FormField.of(body, "scope")),
        FormField.of(body, "resource"),
        verifier == null ? -1 : verifier.length(),
        FormField.of(body, "redirect_uri"));
  }

  private static String clientAuth(RequestHead head, Body body) {
    String authorization = head.headers().first("Authorization");
    boolean basic =
        authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("basic ");
    boolean post = FormField.of(body, "client_secret") != null;
    boolean jwt = FormField.of(body, "client_assertion") != null;
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

  public boolean isRefresh() {
    return grant.equals("refresh_token");
  }

  public boolean isCodeExchange() {
    return grant.equals("authorization_code");
  }
}
