package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.mcp.Era;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of an MCP client, with the headers that it is known to send. */
final class ClientRequests {

  /** The newest revision with sessions. */
  static final String REVISION = "2025-11-25";

  private static final String VERSION_HEADER = "MCP-Protocol-Version";
  private static final String META = "io.modelcontextprotocol/";

  private final RequestSender sender;
  private final Target target;
  private final ClientProfile client;
  private final String version;
  private int ids;

  /**
   * @param version of this program, as the server is told
   */
  ClientRequests(RequestSender sender, Target target, ClientProfile client, String version) {
    this.sender = sender;
    this.target = target;
    this.client = client;
    this.version = version;
  }

  /** The id of the last request. */
  String lastId() {
    return String.valueOf(ids);
  }

  /** Opens a connection as up to 2025-11-25. */
  Answer initialize(boolean credential) {
    byte[] body = initializeBody();
    return sender.send(initializeHead(headers(credential)), body, lastId());
  }

  /** The same from a web page of somebody else's, past the rules. */
  Answer triesFromForeignPage(String origin) {
    byte[] body = initializeBody();
    return sender.tries(initializeHead(headers(false).plus("Origin", origin)), body, lastId());
  }

  private RequestHead initializeHead(Headers headers) {
    return new RequestHead(
        "POST",
        target.url(),
        client.versionOnInitialize() ? headers.plus(VERSION_HEADER, REVISION) : headers);
  }

  private byte[] initializeBody() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("protocolVersion", REVISION);
    params.put("capabilities", Map.of());
    params.put("clientInfo", clientInfo());
    return body(String.valueOf(++ids), "initialize", params);
  }

  /** A request that changes nothing anywhere, without a credential. */
  RequestHead harmless() {
    return new RequestHead("POST", target.url(), headers(false));
  }

  /** The body of such a request. */
  byte[] ping() {
    return body(String.valueOf(++ids), "ping", Map.of());
  }

  Answer initialized(boolean credential, Session session) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("method", "notifications/initialized");
    byte[] body = Json.write(message).getBytes(StandardCharsets.UTF_8);
    return sender.send(
        new RequestHead("POST", target.url(), inSession(headers(credential), session)), body, null);
  }

  Answer listTools(boolean credential, Session session) {
    return post(inSession(headers(credential), session), "tools/list", Map.of());
  }

  /** Opens a stream for what the server has to say by itself. */
  Answer openStream(boolean credential, @Nullable Session session) {
    return sender.send(stream(credential, session), new byte[0], null);
  }

  /** Whether there is one, past the rules. */
  Answer triesStream() {
    return sender.tries(stream(false, null), new byte[0], null);
  }

  private RequestHead stream(boolean credential, @Nullable Session session) {
    Headers headers = plain(credential, "text/event-stream");
    return new RequestHead(
        "GET", target.url(), session == null ? headers : inSession(headers, session));
  }

  Answer endSession(boolean credential, Session session) {
    return sender.send(
        new RequestHead(
            "DELETE", target.url(), inSession(plain(credential, client.accept()), session)),
        new byte[0],
        null);
  }

  /** A request as from 2026-07-28 on: on its own, with what there once was a handshake for. */
  Answer stateless(boolean credential, String method) {
    byte[] body = statelessBody(method);
    return sender.send(statelessHead(credential, method), body, lastId());
  }

  /** The same past the rules: a server of before need not know it. */
  Answer triesStateless(boolean credential, String method) {
    byte[] body = statelessBody(method);
    return sender.tries(statelessHead(credential, method), body, lastId());
  }

  private RequestHead statelessHead(boolean credential, String method) {
    return new RequestHead(
        "POST",
        target.url(),
        headers(credential).plus(VERSION_HEADER, Era.FIRST_STATELESS).plus("Mcp-Method", method));
  }

  private byte[] statelessBody(String method) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put(META + "protocolVersion", Era.FIRST_STATELESS);
    meta.put(META + "clientInfo", clientInfo());
    meta.put(META + "clientCapabilities", Map.of());
    return body(String.valueOf(++ids), method, Map.of("_meta", meta));
  }

  /** A document; it is for everybody, so no credential goes there. */
  Answer document(URI url) {
    Headers headers = Headers.of("User-Agent", agent(), "Accept", "application/json");
    return sender.send(
        new RequestHead("GET", url, headers.plus(VERSION_HEADER, REVISION)), new byte[0], null);
  }

  private Answer post(Headers headers, String method, Map<String, Object> params) {
    String id = String.valueOf(++ids);
    return sender.send(
        new RequestHead("POST", target.url(), headers), body(id, method, params), id);
  }

  private static byte[] body(String id, String method, Map<String, Object> params) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", Integer.valueOf(id));
    message.put("method", method);
    if (!params.isEmpty()) {
      message.put("params", params);
    }
    return Json.write(message).getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> clientInfo() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("name", "mcp-auth-agent-check");
    info.put("version", version);
    return info;
  }

  private String agent() {
    return "mcp-auth-agent-check/" + version;
  }

  private Headers inSession(Headers headers, Session session) {
    Headers with =
        client.versionAfterwards() ? headers.plus(VERSION_HEADER, session.revision()) : headers;
    return session.id() == null ? with : with.plus("Mcp-Session-Id", session.id());
  }

  private Headers headers(boolean credential) {
    return plain(credential, client.accept()).plus("Content-Type", "application/json");
  }

  private Headers plain(boolean credential, String accept) {
    Headers headers = Headers.of("User-Agent", agent(), "Accept", accept);
    if (client.offersHttp2() && !target.origin().isHttps()) {
      headers =
          headers
              .plus("Connection", "Upgrade, HTTP2-Settings")
              .plus("HTTP2-Settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")
              .plus("Upgrade", "h2c");
    }
    for (Header field : target.others()) {
      headers = headers.with(field.name(), field.value());
    }
    if (credential) {
      for (Header field : target.credentials()) {
        headers = headers.with(field.name(), field.value());
      }
    }
    return headers;
  }

  /**
   * What was agreed on.
   *
   * @param id null where the server has no sessions
   */
  record Session(@Nullable String id, String revision) {}
}
