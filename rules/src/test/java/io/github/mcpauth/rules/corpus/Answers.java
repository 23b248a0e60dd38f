package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes an answer of a step's right side: a status, then {@code json}, {@code html}, {@code text}
 * or {@code sse} (type), {@code H:name=value}, {@code www=} (WWW-Authenticate), {@code hint} (a
 * good challenge), {@code loc=}, {@code sid=}, and a body: {@code b=} (with {@code lines}, its
 * {@code \\n} are line breaks), {@code ok}, {@code prm}, {@code asm} ({@code no-dcr}, {@code
 * no-pkce}, …), {@code issued=} (a token), {@code err=code:text}, {@code rpc=code:text}. {@code
 * !KIND type=… msg=…} is a failure.
 */
public final class Answers {

  /** What an OpenID provider's document has beside (OpenID Connect Discovery §3). */
  private static final String OPENID =
      ",\"jwks_uri\":\"https://as.example/jwks\",\"subject_types_supported\":[\"public\"],"
          + "\"id_token_signing_alg_values_supported\":[\"RS256\"]";

  /** Its head. */
  public static ResponseHead head(Words words, String server) {
    Headers headers = Headers.NONE;
    String type = type(words);
    headers = type == null ? headers : headers.plus("Content-Type", type);
    if (words.has("hint")) {
      String url = WellKnown.protectedResource(URI.create(server)).get(0).toString();
      headers = headers.plus("WWW-Authenticate", "Bearer resource_metadata=\"" + url + "\"");
    }
    headers = plus(headers, "WWW-Authenticate", words.value("www"));
    headers = plus(headers, "Location", words.value("loc"));
    String session = words.value("sid");
    headers = plus(headers, "Mcp-Session-Id", session == null ? null : "session-" + session);
    return new ResponseHead(Integer.parseInt(words.first()), words.headers(headers));
  }

  private static Headers plus(Headers headers, String name, @Nullable String value) {
    return value == null ? headers : headers.plus(name, value);
  }

  private static @Nullable String type(Words words) {
    if (words.has("html")) {
      return "text/html; charset=utf-8";
    }
    if (words.has("text")) {
      return "text/plain";
    }
    if (words.has("sse")) {
      return "text/event-stream";
    }
    boolean json =
        words.has("json")
            || words.has("ok")
            || words.has("prm")
            || words.has("asm")
            || words.value("prm") != null
            || words.value("asm") != null
            || words.value("issued") != null
            || words.value("err") != null
            || words.value("rpc") != null;
    return json ? "application/json" : null;
  }

  /** Its body. */
  public static String body(Words words, Words request, String server, Secrets secrets) {
    String given = words.value("b");
    if (given != null) {
      return given.startsWith("event:") || words.has("lines") ? given.replace("\\n", "\n") : given;
    }
    if (words.has("ok")) {
      return "{\"jsonrpc\":\"2.0\",\"id\":"
          + words.value("id", Requests.id(request))
          + ",\"result\":{\"protocolVersion\":\""
          + words.value("pv", "2025-11-25")
          + "\"}}";
    }
    if (words.has("prm") || words.value("prm") != null) {
      return "{\"resource\":\""
          + words.value("prm", server)
          + "\",\"authorization_servers\":[\""
          + words.value("as", Requests.ISSUER)
          + "\"]}";
    }
    if (words.has("asm") || words.value("asm") != null) {
      return serverMetadata(words, request.first().equals("oidc"));
    }
    String issued = words.value("issued");
    if (issued != null) {
      return token(words, issued, secrets);
    }
    return error(words, Requests.id(request));
  }

  private static String serverMetadata(Words words, boolean openId) {
    String issuer = words.value("asm", Requests.ISSUER);
    String as = Requests.ISSUER;
    return "{\"issuer\":\""
        + issuer
        + "\",\"authorization_endpoint\":\""
        + as
        + "/authorize\","
        + "\"token_endpoint\":\""
        + words.value("token-at", as + "/token")
        + "\""
        + (words.has("no-response-types") ? "" : ",\"response_types_supported\":[\"code\"]")
        + (words.has("no-dcr") ? "" : ",\"registration_endpoint\":\"" + as + "/register\"")
        + (words.has("no-pkce")
            ? ""
            : ",\"code_challenge_methods_supported\":[\"" + words.value("pkce", "S256") + "\"]")
        + (openId && !words.has("no-openid") ? OPENID : "")
        + words.value("with", "")
        + "}";
  }

  private static String token(Words words, String issued, Secrets secrets) {
    String refresh = words.value("rt");
    String scope = words.value("scope");
    return "{\"access_token\":\""
        + secrets.token(issued)
        + "\",\"token_type\":\""
        + words.value("kind", "Bearer")
        + "\",\"expires_in\":"
        + words.value("in", "3600")
        + (refresh == null ? "" : ",\"refresh_token\":\"refresh-" + refresh + "\"")
        + (scope == null ? "" : ",\"scope\":\"" + scope + "\"")
        + words.value("with", "")
        + "}";
  }

  private static String error(Words words, String id) {
    if (words.first().equals("201")) {
      return "{\"client_id\":\"client-1\",\"redirect_uris\":[\"http://localhost:1234/cb\"]}";
    }
    String error = words.value("err");
    if (error != null) {
      int colon = error.indexOf(':');
      String code = colon < 0 ? error : error.substring(0, colon);
      String said =
          colon < 0 ? "" : ",\"error_description\":\"" + error.substring(colon + 1) + "\"";
      return "{\"error\":\"" + code + "\"" + said + "}";
    }
    String rpc = words.value("rpc");
    if (rpc != null) {
      int colon = rpc.indexOf(':');
      // Whoever refuses by a status has often not read the request.
      return "{\"jsonrpc\":\"2.0\",\"id\":"
          + (words.first().startsWith("2") ? id : "null")
          + ",\"error\":{\"code\":"
          + rpc.substring(0, colon)
          + ",\"message\":\""
          + rpc.substring(colon + 1)
          + "\"}}";
    }
    return words.has("html") ? "<!doctype html><html><title>page</title></html>" : "";
  }

  private Answers() {}
}
