package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.engine.HostileHost.Step;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What a hostile or broken peer may send: requests, headers and bodies to combine. */
final class Hostile {

  static final String SERVER = "https://mcp.example/mcp";
  static final String AS = "https://as.example";
  static final String TOKEN = "token-0123456789abcdef";

  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"";
  private static final String PRM =
      "{\"resource\":\"@R\",\"authorization_servers\":[\"@I\"],\"scopes_supported\":[\"a\"]}";
  private static final String ASM =
      "{\"issuer\":\"@I\",\"authorization_endpoint\":\"@A\",\"token_endpoint\":\"@T\","
          + "\"registration_endpoint\":\"@G\",\"code_challenge_methods_supported\":[\"S256\"]}";

  /** The requests of a whole login and session, by name. */
  static Map<String, Step> requests() {
    Map<String, Step> steps = new LinkedHashMap<>();
    Headers json = Headers.of("Content-Type", "application/json", "Accept", "*/*");
    Headers session = json.plus("Authorization", "Bearer " + TOKEN).plus("Mcp-Session-Id", "s-1");
    String initialize = RPC + "initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}";
    steps.put("init", step(Role.MCP, "POST", SERVER, json, initialize));
    steps.put("init with a token", step(Role.MCP, "POST", SERVER, session, initialize));
    steps.put("discover", step(Role.MCP, "POST", SERVER, json, RPC + "server/discover\"}"));
    steps.put("list", step(Role.MCP, "POST", SERVER, session, RPC + "tools/list\"}"));
    steps.put("stream", step(Role.MCP, "GET", SERVER, session, ""));
    steps.put("first stream", step(Role.MCP, "GET", "https://mcp.example/sse", json, ""));
    steps.put("end", step(Role.MCP, "DELETE", SERVER, session, ""));
    String resource = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
    steps.put("prm", step(Role.PROTECTED_RESOURCE_METADATA, "GET", resource, Headers.NONE, ""));
    String server = AS + "/.well-known/oauth-authorization-server";
    steps.put("asm", step(Role.AUTHORIZATION_SERVER_METADATA, "GET", server, Headers.NONE, ""));
    steps.put(
        "register",
        step(Role.REGISTRATION, "POST", AS + "/register", json, "{\"redirect_uris\":[\"x\"]}"));
    Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    String token = AS + "/token";
    String code = "grant_type=authorization_code&code=c&client_id=i&code_verifier=v&resource=";
    steps.put("code", step(Role.TOKEN, "POST", token, form, code + SERVER));
    String refresh = "grant_type=refresh_token&refresh_token=r&client_id=i&resource=" + SERVER;
    steps.put("refresh", step(Role.TOKEN, "POST", token, form, refresh));
    steps.put("revoke", step(Role.REVOCATION, "POST", AS + "/revoke", form, "token=" + TOKEN));
    steps.put("authorize", step(Role.AUTHORIZE, "GET", AS + "/authorize?x=%20", form, ""));
    steps.put("keys", step(Role.JWKS, "GET", AS + "/jwks", Headers.NONE, ""));
    return steps;
  }

  static Step request(String name) {
    return Objects.requireNonNull(requests().get(name), name);
  }

  private static Step step(Role role, String method, String url, Headers headers, String body) {
    RequestHead head = new RequestHead(method, URI.create(url), headers);
    return new Step(role, head, Body.of(body), null, Body.NONE, null);
  }

  /** The request of a step with another answer. */
  static Step answered(Step step, int status, Headers headers, byte[] body) {
    ResponseHead head = new ResponseHead(status, headers);
    return new Step(step.role(), step.head(), step.body(), head, Body.of(body), null);
  }

  static Step failed(Step step, Failure.Kind kind, String message) {
    Failure failure = new Failure(kind, "x.Exception", message);
    return new Step(step.role(), step.head(), step.body(), null, Body.NONE, failure);
  }

  static Step with(Step step, Headers more) {
    Headers headers = step.head().headers();
    List<Header> all = new ArrayList<>(headers.asList());
    all.addAll(more.asList());
    RequestHead head = step.head().withHeaders(Headers.of(all));
    return new Step(
        step.role(), head, step.body(), step.answer(), step.answerBody(), step.failure());
  }

  static String resourceMetadata(String resource, String issuer) {
    return PRM.replace("@R", resource).replace("@I", issuer);
  }

  static String serverMetadata(String issuer, String endpoint) {
    return ASM.replace("@I", issuer)
        .replace("@A", endpoint)
        .replace("@T", endpoint)
        .replace("@G", endpoint);
  }

  static String tokens(String members) {
    return "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\"" + members + "}";
  }

  /** Strings that are no URLs, or hardly. */
  static List<String> urls() {
    return List.of(
        "",
        " ",
        "::",
        "http://[",
        "http://[::1",
        "http://[fe80::1%25eth0]/x",
        "http://",
        "http:///x",
        "http://h:99999999999/",
        "http://h:-1/",
        "https://user:pw@mcp.example:1/mcp",
        "mailto:x@y",
        "javascript:alert(1)",
        "data:text/html,x",
        "#",
        "/..//../%2e%2e/%zz",
        "https://mcp.example/%",
        "https://mcp.example/\u0000\u0007\u001b[31m",
        "https://münchen.example/ß",
        "https://mcp_example/mcp",
        "https://" + "h".repeat(100_000) + "/x",
        "https://h/" + "p/".repeat(50_000),
        "https://h/?" + "a=b&".repeat(25_000),
        "../".repeat(30_000),
        "{\"a\":1}",
        "<script>");
  }

  /** Header values that are hard on a parser of challenges. */
  static List<String> challenges() {
    return List.of(
        "",
        "=",
        "Bearer",
        "Bearer =",
        "Bearer a=",
        "Bearer a=\"",
        "Bearer a=\"\\",
        "Bearer resource_metadata=\"\\\"\\\\\\\"\"",
        "Bearer " + "\"".repeat(100_000),
        "Bearer " + "\\\"".repeat(50_000),
        "Bearer x=\"" + "\\".repeat(100_000),
        "Bearer " + "a=\"b\" ".repeat(15_000),
        "a/".repeat(50_000) + "a x",
        "a ".repeat(50_000),
        "Bearer " + " ".repeat(100_000) + "=",
        ("Bearer" + " ".repeat(300)).repeat(330),
        "Negotiate " + "A".repeat(100_000) + "==",
        "=".repeat(100_000),
        "a=".repeat(50_000),
        "a==,".repeat(25_000),
        "Bearer scope=\"" + "s ".repeat(50_000) + "\", error=\"insufficient_scope\"",
        "Bearer error=\"" + "\u0000\u001b\u00ff".repeat(1000) + "\"",
        "\u0000\ud800\udfff\ud800");
  }

  /** Bodies that are not what they seem. */
  static List<byte[]> bodies(Random random) {
    List<byte[]> bodies = new ArrayList<>();
    byte[] noise = new byte[70_000];
    random.nextBytes(noise);
    bodies.add(noise);
    bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0});
    bodies.add(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'});
    bodies.add(new byte[] {'{', '"', 'e', 'r', 'r', 'o', 'r', '"', ':', '"', (byte) 0xc3, '"'});
    for (String text :
        new String[] {
          "",
          "null",
          "true",
          "\"text\"",
          "[]",
          "[[[[[]]]]]",
          "{}",
          "{\"",
          "{\"error\":",
          "{\"error\":null,\"error_description\":null}",
          "{\"error\":{\"code\":[],\"message\":{}},\"jsonrpc\":{}}",
          "{\"error\":[\"a\"],\"error_description\":7}",
          "{\"jsonrpc\":2,\"error\":{\"code\":1e400,\"message\":null}}",
          "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + "9".repeat(2000) + "}}",
          "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32022,\"data\":{\"supported\":"
              + "[1,null,{},[],\"2026-07-28\"]}}}",
          "{\"jsonrpc\":\"2.0\",\"id\":" + "1".repeat(5000) + ",\"result\":[]}",
          "{\"jsonrpc\":\"2.0\",\"result\":{\"protocolVersion\":[\"x\"],\"_meta\":1}}",
          "[" + "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}},".repeat(2000) + "{}]",
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000),
          "{\"error\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
          "{\"a\":1,".repeat(10_000),
          "{\"" + "k".repeat(100_000) + "\":1}",
          "{\"error\":\"" + "x".repeat(1_000_000) + "\"}",
          "{\"error\":\"invalid_grant\",\"error_description\":\"" + "aadsts ".repeat(9000) + "\"}",
          "<!doctype html>" + "<form><input type=password>".repeat(3000),
          "<html",
          "data: {\"jsonrpc\":\"2.0\"}\n\n".repeat(3000),
          "event: endpoint\ndata: ::\n\n",
          "\u0000".repeat(10_000),
          "\ud83d\ude00".repeat(10_000),
          "log in ".repeat(10_000),
          tokens(",\"expires_in\":" + "9".repeat(400)),
          tokens(",\"expires_in\":-1e999"),
          tokens(",\"expires_in\":1e999"),
          tokens(",\"expires_in\":\"soon\",\"scope\":[\"a\"],\"refresh_token\":{}"),
          tokens(",\"scope\":\"" + " a".repeat(40_000) + "\""),
          "{\"access_token\":{\"a\":1},\"token_type\":[]}",
          "{\"access_token\":null}",
          "{\"access_token\":\"" + "x".repeat(1_000_000) + "\"}",
          "{\"access_token\":\"" + jwt("{\"exp\":1e308,\"aud\":{},\"iss\":[]}") + "\"}",
          "{\"access_token\":\"" + jwt("{\"exp\":" + "9".repeat(900) + "}") + "\"}",
          "{\"access_token\":\"" + jwt("{\"exp\":-99999999999,\"nbf\":99999999999}") + "\"}",
          "{\"access_token\":\"eyJ.%%%.x\"}",
          "{\"access_token\":\"eyJ..\"}",
          "{\"resource\":[],\"authorization_servers\":\"x\"}",
          "{\"resource\":{},\"authorization_servers\":[null,1,{},[]]}",
          "{\"resource\":null,\"authorization_servers\":[\"\"]}",
          "{\"issuer\":1,\"token_endpoint\":[],\"code_challenge_methods_supported\":\"S256\"}",
          "{\"issuer\":\"\",\"token_endpoint\":\"\",\"registration_endpoint\":\"\"}",
          "{\"ok\":false,\"error\":null,\"message\":[]}"
        }) {
      bodies.add(text.getBytes(StandardCharsets.UTF_8));
    }
    for (String url : urls()) {
      String quoted = url.replace("\"", "\\\"").replace("\u0000", "\\u0000");
      bodies.add(resourceMetadata(quoted, quoted).getBytes(StandardCharsets.UTF_8));
      bodies.add(serverMetadata(quoted, quoted).getBytes(StandardCharsets.UTF_8));
      bodies.add(serverMetadata(AS, quoted).getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }

  static String jwt(String claims) {
    return encode("{\"alg\":\"none\"}") + "." + encode(claims) + ".c2ln";
  }

  private static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static List<String> types() {
    return List.of(
        "application/json",
        "text/html",
        "text/event-stream",
        "",
        ";;;",
        "application/json;charset=\u0000",
        "APPLICATION/problem+JSON ; x",
        "x".repeat(100_000));
  }

  /** Whole sets of headers: gigantic, many, contradictory. */
  static List<Headers> heads() {
    List<Header> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(new Header("X-" + i, "v"));
    }
    List<Header> challenges = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      challenges.add(new Header("WWW-Authenticate", "Bearer a=\"" + i + "\""));
    }
    List<Header> tokens = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tokens.add(new Header("Authorization", "Bearer " + i));
    }
    String big = "x".repeat(1_000_000);
    return List.of(
        Headers.of(many),
        Headers.of(challenges),
        Headers.of(tokens),
        Headers.of("X-Big", big),
        Headers.of("Cookie", big, "Set-Cookie", big),
        Headers.of("Authorization", "Bearer " + big),
        Headers.of("Authorization", "Bearer eyJ" + big + ".x.y", "Mcp-Session-Id", big),
        Headers.of("Authorization", "", "Mcp-Session-Id", "", "MCP-Protocol-Version", ""),
        Headers.of("Authorization", "Bearer " + jwt("{\"exp\":1e308}")),
        Headers.of("Date", "yesterday", "Retry-After", big, "Server", big, "Via", ""),
        Headers.of("Date", "Tue, 31 Feb 99999 99:99:99 GMT", "Content-Encoding", "\u0000"),
        Headers.of("Content-Length", "-5", "Mcp-Session-Id", "a", "Mcp-Session-Id", "b"),
        Headers.of("MCP-Protocol-Version", "9999-99-99", "Mcp-Method", big, "Mcp-Name", "\u0000"),
        Headers.of("Upgrade", "h2c, ".repeat(10_000), "Accept", "*".repeat(100_000)));
  }

  private Hostile() {}
}
