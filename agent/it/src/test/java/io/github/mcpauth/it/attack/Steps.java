package io.github.mcpauth.it.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads what a host does: {@code verb server/path option… [bearer token] [as label] | Name: value |
 * : body}. The verbs {@code initialize}, {@code list} and {@code call} are JSON-RPC requests to an
 * MCP server, {@code form} is a POST of a form, any other is a method.
 */
final class Steps {

  private static final Set<String> MESSAGES = Set.of("initialize", "list", "call");

  /** One step of a play; {@code words} has the values of the names in it. */
  static Step of(String line, int play, String client, Words words) {
    String[] parts = line.split(" \\| ");
    String[] said = parts[0].strip().split(" +");
    String verb = said[0];
    List<String> headers = new ArrayList<>();
    String body = "";
    boolean message = MESSAGES.contains(verb);
    if (message) {
      body = message(verb);
      headers.add("Content-Type: application/json");
      headers.add("Accept: application/json, text/event-stream");
    } else if (verb.equals("form")) {
      headers.add("Content-Type: application/x-www-form-urlencoded");
    }
    List<String> options = new ArrayList<>();
    String label = verb;
    for (int i = 2; i < said.length; i++) {
      switch (said[i]) {
        case "bearer" -> headers.add("Authorization: Bearer " + words.in(said[++i]));
        case "as" -> label = said[++i];
        default -> options.add(said[i]);
      }
    }
    for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
      if (part.startsWith(": ")) {
        body = words.in(part.substring(2));
      } else {
        set(headers, words.in(part.strip()));
      }
    }
    String method = message || verb.equals("form") ? "POST" : verb;
    String url = said[1].startsWith("http:") ? said[1] : words.in('@' + said[1]);
    return new Step(play, client, label, method, url, headers, body, options);
  }

  /** A header in the place of one of the same name that a verb brings along. */
  private static void set(List<String> headers, String header) {
    String name = header.substring(0, header.indexOf(':') + 1);
    boolean brought = name.equals("Content-Type:") || name.equals("Accept:");
    headers.removeIf(each -> brought && each.startsWith(name));
    headers.add(header);
  }

  private static String message(String verb) {
    return switch (verb) {
      case "initialize" ->
          "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
              + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
              + "\"clientInfo\":{\"name\":\"it\",\"version\":\"1\"}}}";
      case "list" -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
      default ->
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
    };
  }

  private Steps() {}
}
