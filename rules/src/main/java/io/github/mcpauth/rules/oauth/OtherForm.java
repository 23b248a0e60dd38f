package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other forms in which applications send what a token endpoint (RFC 6749 §4.1.3: a form in a
 * POST) or a registration endpoint (RFC 7591 §3.1: a JSON object in a POST) wants. Tells by the
 * parameters that are there; whether the URL is such an endpoint, others have to know.
 */
public enum OtherForm {
  JSON("sent-as-json"),
  FORM("sent-as-form"),
  MULTIPART("sent-as-multipart"),
  /** The right text, and another {@code Content-Type}, none, or more than one. */
  MEDIA_TYPE("content-type"),
  QUERY("sent-in-query"),
  /** JSON, with something else than an array under {@code redirect_uris}, or nothing. */
  REDIRECT_URIS("redirect-uris-no-list");

  private static final int DEEPEST = 4;
  private static final String GRANT = "grant_type";
  private static final List<String> CLIENT_METADATA =
      List.of(
          "redirect_uris",
          "redirect_uri",
          "redirectUris",
          "client_name",
          "grant_types",
          "response_types",
          "token_endpoint_auth_method");

  private final String cause;

  OtherForm(String cause) {
    this.cause = cause;
  }

  /** The value of {@code mcpauth.cause}. */
  public String cause() {
    return cause;
  }

  /** The form of a token request that has not its own; null where it has, or is none. */
  public static @Nullable OtherForm ofToken(RequestHead request, Body body) {
    boolean post = request.method().equals("POST");
    if (request.method().equals("GET") || (post && body.isEmpty() && body.complete())) {
      return FormParameters.of(request.url()).first(GRANT) == null ? null : QUERY;
    }
    if (!post) {
      return null;
    }
    if (startsObject(body)) {
      Map<String, @Nullable Object> json = OAuthJson.object(body);
      return json != null && json.containsKey(GRANT) ? JSON : null;
    }
    String media = media(request);
    if (media.startsWith("multipart/form-data")) {
      return multipart(body.text()).first(GRANT) == null ? null : MULTIPART;
    }
    boolean one = request.headers().all("Content-Type").size() == 1 && media.indexOf(',') < 0;
    boolean form = one && media.startsWith("application/x-www-form-urlencoded");
    return form || FormParameters.of(body).first(GRANT) == null ? null : MEDIA_TYPE;
  }

  /** The form of a registration that has not its own; null where it has, or is none. */
  public static @Nullable OtherForm ofRegistration(RequestHead request, Body body) {
    if (!request.method().equals("POST")) {
      return null;
    }
    if (startsObject(body)) {
      Map<String, @Nullable Object> json = OAuthJson.object(body);
      if (json == null || json.containsKey("jsonrpc") || !describesClient(json)) {
        return null;
      }
      boolean list = json.get("redirect_uris") instanceof List<?>;
      return !list
          ? REDIRECT_URIS
          : media(request).startsWith("application/json") ? null : MEDIA_TYPE;
    }
    FormParameters form = FormParameters.of(body);
    boolean uris = form.first("redirect_uris") != null || form.first("redirect_uris[]") != null;
    return uris || form.first("client_name") != null ? FORM : null;
  }

  private static boolean describesClient(Map<String, @Nullable Object> json) {
    return CLIENT_METADATA.stream().anyMatch(json::containsKey);
  }

  /** The parameters of a token request, whatever its form. */
  public static FormParameters parameters(RequestHead request, Body body) {
    OtherForm form = ofToken(request, body);
    if (form == null) {
      return FormParameters.of(body);
    }
    return switch (form) {
      case JSON -> ofObject(OAuthJson.object(body));
      case MULTIPART -> multipart(body.text());
      case QUERY -> FormParameters.of(request.url());
      default -> FormParameters.of(body);
    };
  }

  /** The members of an object as parameters; those of objects in it under their own names. */
  private static FormParameters ofObject(@Nullable Map<?, ?> object) {
    StringBuilder text = new StringBuilder();
    members(object == null ? Map.of() : object, 0, text);
    return FormParameters.of(text.toString());
  }

  private static void members(Map<?, ?> object, int depth, StringBuilder text) {
    object.forEach((name, value) -> member(String.valueOf(name), value, depth, text));
  }

  private static void member(String name, @Nullable Object value, int depth, StringBuilder text) {
    if (depth < DEEPEST && value instanceof Map<?, ?> inner) {
      members(inner, depth + 1, text);
    } else if (depth < DEEPEST && value instanceof List<?> values) {
      values.forEach(each -> member(name, each, depth + 1, text));
    } else {
      boolean plain = value instanceof String || value instanceof Number || value == null;
      append(text, name, plain ? String.valueOf(value) : Json.write(value));
    }
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(text.length() == 0 ? "" : "&")
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /**
   * The fields of {@code multipart/form-data} (RFC 7578 §4), each up to the next line of dashes.
   */
  private static FormParameters multipart(String body) {
    StringBuilder text = new StringBuilder();
    String start = "name=\"";
    int at = body.indexOf(start);
    while (at >= 0) {
      int from = at + start.length();
      int to = body.indexOf('"', from);
      int blank = to < 0 ? -1 : body.indexOf("\r\n\r\n", to);
      if (blank < 0) {
        break;
      }
      int dashes = body.indexOf("\r\n--", blank + 2); // At once where the value is empty.
      int end = dashes < 0 ? body.length() : Math.max(dashes, blank + 4);
      append(text, body.substring(from, to), body.substring(blank + 4, end));
      at = dashes < 0 ? -1 : body.indexOf(start, dashes);
    }
    return FormParameters.of(text.toString());
  }

  private static boolean startsObject(Body body) {
    for (byte c : body.bytes()) {
      if (c > ' ') {
        return c == '{';
      }
    }
    return false;
  }

  private static String media(RequestHead request) {
    String type = request.headers().first("Content-Type");
    return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
  }
}
