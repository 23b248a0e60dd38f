package io.github.mcpauth.it.areas;

import io.github.mcpauth.it.harness.RawServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A healthy MCP server with its own authorization server, until a test says otherwise. The last
 * answer given for a place is repeated; {@code @} is the id of the request, {@code {base}} the
 * server's origin.
 */
final class Site implements AutoCloseable {

  static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"protocolVersion\":\"2025-06-18\","
          + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"site\",\"version\":\"1\"}}}";
  static final String HINT =
      "WWW-Authenticate: Bearer resource_metadata="
          + "\"{base}/.well-known/oauth-protected-resource/mcp\"";
  static final String PRM = "{\"resource\":\"{base}/mcp\",\"authorization_servers\":[\"{base}\"]}";

  private static final String TOOLS = "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"tools\":[]}}";
  private static final String ASM =
      "{\"issuer\":\"{base}\",\"authorization_endpoint\":\"{base}/authorize\","
          + "\"token_endpoint\":\"{base}/token\",\"registration_endpoint\":\"{base}/register\","
          + "\"code_challenge_methods_supported\":[\"S256\"]}";

  private final Map<String, Deque<String>> answers = new LinkedHashMap<>();
  private final RawServer server = RawServer.answering(this::answer);

  Site() {
    on("GET /.well-known/oauth-protected-resource/mcp", json(200, PRM));
    on("GET /.well-known/oauth-authorization-server", json(200, ASM));
    on("POST /register", json(201, "{\"client_id\":\"c\"}"));
    on("POST /token", token("1"), token("2"), token("3"));
    on("POST /mcp initialize", json(200, INITIALIZED));
    on("POST /mcp tools/list", json(200, TOOLS));
    on("POST /mcp", RawServer.response(202, "", ""));
    on("GET /mcp", RawServer.response(405, "", ""));
    on("DELETE /mcp", RawServer.response(200, "", ""));
  }

  /**
   * What a place answers from now on, one after the other.
   *
   * @param place {@code METHOD /path}, and a word that the body holds, if it matters; {@code "*"}
   *     is everything
   */
  Site on(String place, String... each) {
    answers.put(place, new ArrayDeque<>(List.of(each)));
    return this;
  }

  static String json(int status, String body) {
    return RawServer.response(status, "Content-Type: application/json", body);
  }

  static String token(String number) {
    return json(
        200,
        "{\"access_token\":\"token-000000000000000"
            + number
            + "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"refresh-"
            + number
            + "\"}");
  }

  String url(String path) {
    return server.url(path);
  }

  private String answer(RawServer.Request request) {
    String text = request.text();
    String id = text.replaceAll("(?s).*\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+).*", "$1");
    Deque<String> queue = find(request.line(), text);
    if (queue == null) {
      return RawServer.response(404, "", "");
    }
    String answer;
    synchronized (queue) {
      answer = queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
    }
    return answer.equals(RawServer.NONE)
        ? answer
        : resized(answer.replace("@", id).replace("{base}", server.origin()));
  }

  private Deque<String> find(String line, String body) {
    if (answers.containsKey("*")) {
      return answers.get("*");
    }
    String[] words = line.split(" ");
    String path = words[1].replaceFirst("\\?.*", "");
    Deque<String> best = null;
    for (Map.Entry<String, Deque<String>> place : answers.entrySet()) {
      String[] wanted = place.getKey().split(" ");
      boolean here = wanted[0].equals(words[0]) && wanted[1].equals(path);
      if (here && wanted.length == 3 && body.contains("\"" + wanted[2] + "\"")) {
        return place.getValue();
      }
      best = here && wanted.length == 2 ? place.getValue() : best;
    }
    return best;
  }

  /** What was filled in changed the length. */
  private static String resized(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    return end < 0
        ? answer
        : answer.replaceFirst(
            "Content-Length: \\d+", "Content-Length: " + (answer.length() - end - 4));
  }

  /** Nobody listens from now on. */
  void refuse() {
    server.refuse();
  }

  @Override
  public void close() {
    server.close();
  }
}
