package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its form alone whether a request may be a leg of OAuth. A URL gives nobody a role whose
 * form its request does not have: other people name URLs, only the sender gives a request its form.
 * A body that was not read yet decides nothing: it is judged once it is known.
 */
public final class OAuthShapes {

  private static final Set<String> REVOCATION =
      Set.of("token", "token_type_hint", "client_id", "client_secret");

  private static final Set<String> ASSERTED = Set.of("client_assertion", "client_assertion_type");

  /** A POST of a form with {@code grant_type} (RFC 6749 §4). */
  public static boolean isTokenRequest(RequestHead request, Body body) {
    return isForm(request)
        && (isUnread(body) || FormParameters.of(body).first("grant_type") != null);
  }

  /** A POST of JSON with {@code redirect_uris} (RFC 7591 §2). */
  public static boolean isRegistration(RequestHead request, Body body) {
    return request.method().equals("POST")
        && media(request).startsWith("application/json")
        && (isUnread(body) || RegisteredClient.hasRedirectUris(body));
  }

  /** What was meant as a token request, and has not its form; a URL alone makes nothing one. */
  public static boolean isMisshapenToken(RequestHead request, Body body) {
    boolean unread = request.method().equals("POST") && isUnread(body);
    return unread || OtherForm.ofToken(request, body) != null;
  }

  /** What was meant as a registration, likewise. */
  public static boolean isMisshapenRegistration(RequestHead request, Body body) {
    boolean unread = request.method().equals("POST") && isUnread(body);
    return unread || OtherForm.ofRegistration(request, body) != null;
  }

  /** A POST of a form with a token and what RFC 7009 §2.1 lets stand beside it, nothing else. */
  public static boolean isRevocation(RequestHead request, Body body) {
    if (!isForm(request) || (!isUnread(body) && FormParameters.of(body).first("token") == null)) {
      return false;
    }
    for (FormParameters.Parameter each : FormParameters.of(body)) {
      String name = each.name();
      if (!REVOCATION.contains(name) && !ASSERTED.contains(name)) {
        return false;
      }
    }
    return true;
  }

  /** A GET with {@code response_type} in its query (RFC 6749 §4.1.1), where no browser makes it. */
  public static boolean isAuthorization(RequestHead request) {
    String query = request.url().getRawQuery();
    return request.method().equals("GET") && query != null && query.contains("response_type=");
  }

  /** A GET without a body, as for metadata and keys (RFC 8414 §3.1, RFC 9728 §3.1). */
  public static boolean isDocumentRequest(RequestHead request, Body body) {
    return request.method().equals("GET") && body.isEmpty() && body.complete();
  }

  /** Whether nothing is known of a body that is still to come. */
  private static boolean isUnread(Body body) {
    return body.isEmpty() && !body.complete();
  }

  private static boolean isForm(RequestHead request) {
    return request.method().equals("POST")
        && media(request).startsWith("application/x-www-form-urlencoded");
  }

  private static String media(RequestHead request) {
    @Nullable String type = request.headers().first("Content-Type");
    return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
  }

  private OAuthShapes() {}
}
