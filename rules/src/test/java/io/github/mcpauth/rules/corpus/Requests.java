package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;

/**
 * Makes a request of a step's left side. The first word says what it is: {@code init}, {@code
 * discover}, {@code list}, {@code call}, {@code get}, {@code delete}, {@code prm}, {@code
 * prm-root}, {@code asm}, {@code oidc}, {@code register}, {@code code}, {@code refresh}, {@code
 * cc}. Then {@code tok=} (Bearer token), {@code sid=}, {@code v=} (MCP-Protocol-Version), {@code
 * H:name=value}, {@code to=} (URL), {@code type=} (Content-Type, or none), {@code body=}, {@code
 * pad=} (so many characters of arguments).
 */
public final class Requests {

  public static final String SERVER = "https://mcp.example/mcp";
  static final String ISSUER = "https://as.example";

  /** Its head. */
  public static RequestHead head(Words words, String server, Secrets secrets) {
    String kind = words.first();
    Origin origin = Origin.of(URI.create(server));
    String path = URI.create(server).getRawPath();
    String url =
        switch (kind) {
          case "prm" -> origin + "/.well-known/oauth-protected-resource" + path;
          case "prm-root" -> origin + "/.well-known/oauth-protected-resource";
          case "asm" -> ISSUER + "/.well-known/oauth-authorization-server";
          case "oidc" -> ISSUER + "/.well-known/openid-configuration";
          case "register" -> ISSUER + "/register";
          case "code", "refresh", "cc" -> ISSUER + "/token";
          default -> server;
        };
    String method =
        switch (kind) {
          case "get", "prm", "prm-root", "asm", "oidc" -> "GET";
          case "delete" -> "DELETE";
          default -> "POST";
        };
    method = words.value("method", method);
    return new RequestHead(
        method, URI.create(words.value("to", url)), headers(words, kind, secrets));
  }

  private static Headers headers(Words words, String kind, Secrets secrets) {
    Headers headers = Headers.NONE;
    String accept = words.value("accept", "application/json, text/event-stream");
    switch (kind) {
      case "get" -> headers = headers.plus("Accept", words.value("accept", "text/event-stream"));
      case "init", "discover", "list", "call", "ping", "note" -> {
        headers = accept.equals("none") ? headers : headers.plus("Accept", accept);
        headers = typed(headers, words, "application/json");
      }
      case "code", "refresh", "cc" ->
          headers = typed(headers, words, "application/x-www-form-urlencoded");
      case "register" -> headers = typed(headers, words, "application/json");
      default -> {}
    }
    String version = words.value("v");
    headers = version == null ? headers : headers.plus("MCP-Protocol-Version", version);
    String session = words.value("sid");
    headers = session == null ? headers : headers.plus("Mcp-Session-Id", "session-" + session);
    String token = words.value("tok");
    headers =
        token == null ? headers : headers.plus("Authorization", "Bearer " + secrets.token(token));
    if (words.has("h2c")) {
      headers = headers.plus("Upgrade", "h2c").plus("Connection", "Upgrade, HTTP2-Settings");
    }
    return words.headers(headers);
  }

  private static Headers typed(Headers headers, Words words, String usual) {
    String type = words.value("type", usual);
    return type.equals("none") ? headers : headers.plus("Content-Type", type);
  }

  /** Its body. */
  public static String body(Words words, String server) {
    String given = words.value("body");
    if (given != null) {
      return given.replace("\\r\\n", "\r\n");
    }
    String resource = words.value("resource", server);
    String named = resource.equals("none") ? "" : "&resource=" + resource;
    String more = words.value("form", "");
    String client = words.value("client", "client-1");
    String id = client.equals("none") ? "" : "&client_id=" + client;
    return switch (words.first()) {
      case "init" ->
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
              + "\"2025-11-25\"}}";
      case "discover" -> rpc("server/discover");
      case "list" -> rpc("tools/list");
      case "call" -> rpc("tools/call", Integer.parseInt(words.value("pad", "0")));
      case "ping" -> rpc("ping");
      case "note" -> "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
      case "register" ->
          "{\"redirect_uris\":[\"http://localhost:1234/cb\"]" + words.value("with", "") + "}";
      case "code" ->
          "grant_type=authorization_code&code="
              + words.value("code", "code-1")
              + "&code_verifier="
              + words.value("verifier", "v".repeat(43))
              + id
              + named
              + scope(words)
              + more;
      case "refresh" ->
          "grant_type=refresh_token&refresh_token=refresh-"
              + words.value("rt", "R1")
              + id
              + named
              + scope(words)
              + more;
      case "cc" -> "grant_type=client_credentials" + id + named + scope(words) + more;
      default -> "";
    };
  }

  private static String scope(Words words) {
    String scope = words.value("scope");
    return scope == null ? "" : "&scope=" + scope.replace(' ', '+');
  }

  /** The id of the request that a step sends. */
  static String id(Words words) {
    return words.first().equals("init") ? "1" : "2";
  }

  private static String rpc(String method) {
    return rpc(method, 0);
  }

  private static String rpc(String method, int pad) {
    return "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\""
        + method
        + "\",\"params\":{\"name\":\"t\""
        + (pad == 0 ? "" : ",\"arguments\":{\"text\":\"" + "x".repeat(pad) + "\"}")
        + "}}";
  }

  private Requests() {}
}
