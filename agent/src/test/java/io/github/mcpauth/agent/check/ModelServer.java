package io.github.mcpauth.agent.check;

import io.github.mcpauth.agent.check.BytesServer.Request;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An MCP server that keeps to the specification, but for what a test has it do otherwise. */
public final class ModelServer implements AutoCloseable {

  public static final String TOKEN = "model-token-4711";

  private final BytesServer server;
  private final BiFunction<Request, ModelServer, @Nullable String> otherwise;
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();

  private ModelServer(BiFunction<Request, ModelServer, @Nullable String> otherwise)
      throws IOException {
    this.otherwise = otherwise;
    this.server = BytesServer.answering(this::answer);
  }

  /**
   * One with exceptions.
   *
   * @param otherwise answers in its place; null where it need not
   */
  public static ModelServer but(BiFunction<Request, ModelServer, @Nullable String> otherwise)
      throws IOException {
    return new ModelServer(otherwise);
  }

  public String url() {
    return server.origin() + "/mcp";
  }

  public String origin() {
    return server.origin();
  }

  public List<Request> requests() {
    return server.requests();
  }

  /** Sessions that nobody has ended. */
  public int open() {
    return sessions.size();
  }

  private String answer(Request request) {
    String other = otherwise.apply(request, this);
    return other == null ? asSpecified(request) : other;
  }

  /** As the specification has it, with a login. */
  public String asSpecified(Request request) {
    if (request.path().startsWith("/.well-known/oauth-protected-resource")) {
      return json(200, resource());
    }
    if (request.path().equals("/.well-known/oauth-authorization-server")) {
      return json(200, issuer());
    }
    if (!request.path().equals("/mcp")) {
      return response(404, "", "");
    }
    boolean known = ("Bearer " + TOKEN).equals(request.header("Authorization"));
    return known ? mcp(request) : challenge();
  }

  public Map<String, Object> resource() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("resource", url());
    document.put("authorization_servers", List.of(origin()));
    return document;
  }

  public Map<String, Object> issuer() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", origin());
    document.put("authorization_endpoint", origin() + "/authorize");
    document.put("token_endpoint", origin() + "/token");
    document.put("registration_endpoint", origin() + "/register");
    document.put("response_types_supported", List.of("code"));
    document.put("code_challenge_methods_supported", List.of("S256"));
    return document;
  }

  public Map<String, Object> issuerWithoutPkce() {
    Map<String, Object> document = issuer();
    document.remove("code_challenge_methods_supported");
    return document;
  }

  public String challenge() {
    return response(
        401,
        "WWW-Authenticate: Bearer resource_metadata=\""
            + origin()
            + "/.well-known/oauth-protected-resource/mcp\"",
        "");
  }

  /** Without a login. */
  public String mcp(Request request) {
    String session = String.valueOf(request.header("Mcp-Session-Id"));
    if (request.method().equals("GET")) {
      return response(405, "", "");
    }
    if (request.method().equals("DELETE")) {
      return response(sessions.remove(session) ? 200 : 404, "", "");
    }
    if (request.header("Origin") != null) {
      return response(403, "", "");
    }
    if (request.rpc("method").equals("initialize")) {
      String id = "session-" + opened.incrementAndGet();
      sessions.add(id);
      return response(
          200,
          "Content-Type: application/json\r\nMcp-Session-Id: " + id,
          result(
              request,
              "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                  + "\"serverInfo\":{\"name\":\"model\",\"version\":\"1\"}}"));
    }
    if (!sessions.contains(session)) {
      return error(request, 404, -32001, "Session not found");
    }
    if (request.rpc("id").isEmpty()) {
      return response(202, "", "");
    }
    return request.rpc("method").equals("tools/list")
        ? response(200, "Content-Type: application/json", result(request, "{\"tools\":[]}"))
        : error(request, 200, -32601, "Method not found");
  }

  /** Of 2026-07-28 alone, without a login. */
  public static String stateless(Request request) {
    if (!request.method().equals("POST")) {
      return response(405, "", "");
    }
    if (!"2026-07-28".equals(request.header("MCP-Protocol-Version"))) {
      return error(request, 400, -32022, "Unsupported protocol version; 2026-07-28");
    }
    String method = request.rpc("method");
    return switch (method) {
      case "server/discover", "tools/list" ->
          response(200, "Content-Type: application/json", result(request, "{\"tools\":[]}"));
      default -> error(request, 404, -32601, "Method not found");
    };
  }

  private static String result(Request request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + request.rpc("id") + ",\"result\":" + result + "}";
  }

  public static String error(Request request, int status, int code, String message) {
    String id = request.rpc("id").isEmpty() ? "null" : request.rpc("id");
    return response(
        status,
        "Content-Type: application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"error\":{\"code\":"
            + code
            + ",\"message\":\""
            + message
            + "\"}}");
  }

  public static String json(int status, Object document) {
    return response(status, "Content-Type: application/json", Json.write(document));
  }

  /** A response with a length. */
  public static String response(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\n"
        + (headers.isEmpty() ? "" : headers + "\r\n")
        + "Content-Length: "
        + body.getBytes(StandardCharsets.ISO_8859_1).length
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
