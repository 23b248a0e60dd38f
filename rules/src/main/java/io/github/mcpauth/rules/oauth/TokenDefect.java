package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is not as it must be in a token response (RFC 6749 §5.1), so that a strict client drops it.
 *
 * @param cause kebab-case
 * @param member where it is, e.g. {@code expires_in}
 * @param observed what is there, never the token
 * @param expected what must be
 */
public record TokenDefect(String cause, String member, String observed, String expected) {

  private static final List<String> TYPES = List.of("bearer", "dpop", "pop", "n_a");
  private static final double TEN_YEARS = 10 * 365.25 * 24 * 3600;
  private static final int DEEPEST = 4;

  /** The access token has the scheme in front of it, so that hosts send that twice. */
  public static final String SCHEME_INSIDE = "scheme-inside";

  /** The first defect of an answer that holds a token where it must be, or null. */
  static @Nullable TokenDefect of(Map<String, @Nullable Object> json) {
    if (json.get("access_token") instanceof String token && token.startsWith("Bearer ")) {
      return new TokenDefect(
          SCHEME_INSIDE, "access_token", "\"Bearer …\", with the scheme in it", "the token alone");
    }
    Object type = json.get("token_type");
    if (!(type instanceof String name)) {
      return json.containsKey("token_type")
          ? new TokenDefect("token-type", "token_type", OAuthJson.kind(type), "\"Bearer\"")
          : new TokenDefect("token-type-missing", "token_type", "absent", "\"Bearer\"");
    }
    if (!TYPES.contains(name.toLowerCase(Locale.ROOT))) {
      return new TokenDefect("token-type", "token_type", '"' + name + '"', "\"Bearer\"");
    }
    Object expires = json.get("expires_in");
    if (json.containsKey("expires_in") && !(expires instanceof Number)) {
      return new TokenDefect(
          "expires-in",
          "expires_in",
          OAuthJson.kind(expires) + (expires instanceof String text ? " (\"" + text + "\")" : ""),
          "a number of seconds");
    }
    if (expires instanceof Number seconds && seconds.doubleValue() > TEN_YEARS) {
      return new TokenDefect("expires-in", "expires_in", "a point in time", "a number of seconds");
    }
    if (expires instanceof Number seconds && seconds.doubleValue() < 1) {
      return new TokenDefect(
          "expires-in", "expires_in", String.valueOf(seconds), "a number of seconds above 0");
    }
    for (String member : new String[] {"scope", "refresh_token"}) {
      if (json.containsKey(member) && !(json.get(member) instanceof String)) {
        return new TokenDefect(
            member.equals("scope") ? "scope" : "refresh-token",
            member,
            OAuthJson.kind(json.get(member)),
            member.equals("scope")
                ? "a string with blanks between scopes"
                : "a string, or left out");
      }
    }
    return null;
  }

  /** What is wrong with the media type of such an answer, or null: it must say JSON. */
  static @Nullable TokenDefect ofType(@Nullable String mediaType) {
    return mediaType == null || mediaType.contains("json")
        ? null
        : new TokenDefect("media-type", "Content-Type", mediaType, "application/json");
  }

  /**
   * Why no client finds a token in an answer of success: it is deeper, no string, an ID token
   * alone, or in a form. Null where nothing tells.
   */
  public static @Nullable TokenDefect hidden(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    if (json == null) {
      boolean form = FormParameters.of(body).first("access_token") != null;
      return form
          ? new TokenDefect("form-encoded", "body", "a form with access_token", "a JSON object")
          : null;
    }
    if (json.containsKey("access_token")) {
      Object value = json.get("access_token");
      boolean blank = value instanceof String;
      String observed = blank ? "an empty string" : OAuthJson.kind(value);
      return new TokenDefect("access-token", "access_token", observed, "a string");
    }
    String path = path(json, "", 0);
    if (path != null) {
      return new TokenDefect(
          "nested-token", path, "access_token at " + path, "access_token at the top");
    }
    return json.containsKey("id_token")
        ? new TokenDefect("id-token-only", "id_token", "an id_token alone", "an access_token")
        : null;
  }

  private static @Nullable String path(Map<?, ?> json, String before, int depth) {
    for (Map.Entry<?, ?> member : json.entrySet()) {
      String path = before + member.getKey();
      boolean named = member.getKey().equals("accessToken") || member.getKey().equals("token");
      if ((depth > 0 && member.getKey().equals("access_token"))
          || (named && member.getValue() instanceof String)) {
        return path;
      }
      String deeper =
          depth < DEEPEST && member.getValue() instanceof Map<?, ?> object
              ? path(object, path + ".", depth + 1)
              : null;
      if (deeper != null) {
        return deeper;
      }
    }
    return null;
  }
}
