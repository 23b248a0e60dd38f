package io.github.mcpauth.it.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * A request as text, for the command line: options and request line, header fields, an empty line,
 * the body. In it {@code @} stands for the origin of the client's server, {@code @@} for another.
 *
 * @param options any of {@code follow}, {@code cookies}, {@code once}, {@code h2}, {@code timeout},
 *     {@code cancel}, {@code close}, {@code twice}, {@code async}, {@code discover}, {@code
 *     authenticates}, {@code busy}
 */
record Requests(
    List<String> options,
    String method,
    String url,
    List<Entry<String, String>> headers,
    String body) {

  static final String LARGE = "c".repeat(9000);
  static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"it\",\"version\":\"1\"}}}";
  static final String OLD = "Authorization: Bearer " + FakeOAuth.OLD;

  boolean has(String option) {
    return options.contains(option);
  }

  static Requests of(String text) {
    int blank = text.indexOf("\n\n");
    String[] head = text.substring(0, blank).split("\n");
    String[] line = head[0].split(" ");
    List<Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(": ");
      headers.add(Map.entry(head[i].substring(0, colon), head[i].substring(colon + 2)));
    }
    return new Requests(
        List.of(line[0].split(",")), line[1], line[2], headers, text.substring(blank + 2));
  }

  /** A message to an MCP server. */
  static String post(String options, String url, String message, String... headers) {
    return text(
        options,
        "POST " + url,
        message,
        List.of("Content-Type: application/json", "Accept: application/json, text/event-stream"),
        headers);
  }

  static String get(String url) {
    return text("-", "GET " + url, "", List.of("Accept: application/json"));
  }

  static String form(String options, String url, String form, String... headers) {
    List<String> type = List.of("Content-Type: application/x-www-form-urlencoded");
    return text(options, "POST " + url, form, type, headers);
  }

  /** A strict discovery that begins with this MCP server, see {@link Discovery}. */
  static String discover(String url) {
    return text("discover", "POST " + url, "", List.of());
  }

  /** What a host does after a 401 of the server at this path. */
  static List<String> logIn(String path) {
    return List.of(
        get("@" + FakeOAuth.RESOURCE + path),
        get("@" + FakeOAuth.SERVER),
        form("-", "@/token", FakeOAuth.form("@" + path).replace("%40", "@")));
  }

  static String text(
      String options, String line, String body, List<String> fields, String... headers) {
    List<String> head = new ArrayList<>();
    head.add(options + " " + line);
    head.addAll(fields);
    head.addAll(List.of(headers));
    return String.join("\n", head) + "\n\n" + body;
  }
}
