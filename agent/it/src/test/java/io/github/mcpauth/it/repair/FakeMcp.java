package io.github.mcpauth.it.repair;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A streamable MCP server with one tool and with sessions, which it forgets when the first call of
 * the tool arrives; counts what it ran. Its OAuth documents are {@link FakeOAuth}'s.
 */
final class FakeMcp implements Function<Request, String> {

  static final String JSON = "Content-Type: application/json";

  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+)");

  private final int status;
  private final String words;
  private boolean streams;
  private boolean tied;
  private boolean forgets;
  private boolean authorizes;
  private boolean revoked;
  private final Map<String, String> sessions = new HashMap<>();
  private int opened;
  private int ran;

  /** A server that refuses sessions that it does not know in this way. */
  FakeMcp(int status, String words) {
    this.status = status;
    this.words = words;
  }

  /** It answers requests with event streams. */
  FakeMcp streaming() {
    streams = true;
    return this;
  }

  /** It restarts when it is first asked to run the tool. */
  FakeMcp forgetting() {
    forgets = true;
    return this;
  }

  /** It takes {@link FakeOAuth#OLD} until the tool is called, then only what it issued since. */
  FakeMcp authorizing() {
    authorizes = true;
    return this;
  }

  /** Its sessions belong to the token that opened them. */
  FakeMcp tying() {
    tied = true;
    return this;
  }

  @Override
  public synchronized String apply(Request request) {
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    if (!request.line().startsWith("POST")) {
      return RawServer.response(405, "", "");
    }
    boolean calls = request.text().contains("\"tools/call\"");
    if (calls && forgets) {
      forgets = false;
      sessions.clear();
    }
    String token = String.valueOf(request.header("Authorization"));
    if (authorizes && !token.equals("Bearer " + FakeOAuth.NEW)) {
      boolean old = token.equals("Bearer " + FakeOAuth.OLD);
      revoked = revoked || calls;
      if (!old || revoked) {
        return RawServer.response(401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "");
      }
    }
    if (request.text().contains("\"initialize\"")) {
      String id = Twice.SECRET + "-session-" + ++opened;
      sessions.put(id, token);
      return answer(request, "Mcp-Session-Id: " + id + "\n", initialized());
    }
    String owner = sessions.get(String.valueOf(request.header("Mcp-Session-Id")));
    if (owner == null || (tied && !owner.equals(token))) {
      return RawServer.response(status, words.startsWith("{") ? JSON : "", words);
    }
    if (id(request) == null) {
      return RawServer.response(202, "", "");
    }
    ran += calls ? 1 : 0;
    String tool = "{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"}}";
    String result =
        calls
            ? "{\"content\":[{\"type\":\"text\",\"text\":\"paid " + ran + "\"}]}"
            : "{\"tools\":[" + tool + "]}";
    return answer(request, "", result);
  }

  private static String initialized() {
    return "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
        + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}";
  }

  private String answer(Request request, String fields, String result) {
    String message = "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"result\":" + result + "}";
    return streams
        ? RawServer.response(
            200,
            fields + "Content-Type: text/event-stream",
            "event: message\nid: 1\ndata: " + message + "\n\n")
        : RawServer.response(200, fields + JSON, message);
  }

  /** How often the tool ran. */
  synchronized int ran() {
    return ran;
  }

  private static @Nullable String id(Request request) {
    Matcher matcher = ID.matcher(request.text());
    return matcher.find() ? matcher.group(1) : null;
  }
}
