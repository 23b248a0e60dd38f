package io.github.mcpauth.it.attack;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers that a scenario has words for. */
final class Answers {

  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+)");
  private static final String JSON = "Content-Type: application/json";

  /**
   * The bytes of an answer.
   *
   * @param origin of the server that answers
   * @param answer as the scenario has it, with values in the place of names
   */
  static String of(Request request, String origin, String answer) {
    String[] parts = answer.split(" \\| ");
    String[] words = parts[0].strip().split(" ");
    List<String> headers = new ArrayList<>();
    String body = null;
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].startsWith(": ")) {
        body = parts[i].substring(2).replace("\\n", "\n");
      } else {
        headers.add(parts[i].strip());
      }
    }
    String path = request.line().split(" ")[1];
    String[] arguments = java.util.Arrays.copyOfRange(words, 1, words.length);
    return switch (words[0]) {
      case "close" -> "";
      case "challenge" -> {
        String hint = arguments.length > 0 ? arguments[0] : origin + wellKnown(path);
        headers.add("WWW-Authenticate: Bearer resource_metadata=\"" + hint + '"');
        yield response(401, headers, body);
      }
      case "prm" -> {
        String named = arguments[0];
        yield json(
            headers,
            "{\"resource\":\""
                + named
                + "\",\"authorization_servers\":[\""
                + arguments[1]
                + "\"]}");
      }
      case "asm" -> json(headers, metadata(arguments[0], arguments));
      case "token" -> json(headers, token(arguments));
      case "ok" -> ok(request, headers, body);
      case "trailer" -> trailed(String.join(" ", arguments));
      default -> response(Integer.parseInt(words[0]), headers, body);
    };
  }

  /** Where the metadata of a resource is looked for (RFC 9728 §3.1). */
  static String wellKnown(String path) {
    return "/.well-known/oauth-protected-resource" + path;
  }

  private static String metadata(String issuer, String[] arguments) {
    String document =
        ("{'issuer':'@','authorization_endpoint':'@/authorize','token_endpoint':'@/token',"
                + "'registration_endpoint':'@/register','response_types_supported':['code'],"
                + "'code_challenge_methods_supported':['S256']")
            .replace("@", issuer);
    return with(document.replace('\'', '"'), arguments);
  }

  private static String token(String[] arguments) {
    String document =
        "{\"access_token\":\"" + arguments[0] + "\",\"token_type\":\"Bearer\",\"expires_in\":3600";
    return with(document, arguments);
  }

  /** An object that is not yet closed, with members {@code name=value} in the place of its own. */
  private static String with(String document, String[] members) {
    String result = document;
    for (int i = 1; i < members.length; i++) {
      String name = '"' + members[i].substring(0, members[i].indexOf('=')) + "\":";
      String value = '"' + members[i].substring(members[i].indexOf('=') + 1) + '"';
      String own = Pattern.quote(name) + "(\"[^\"]*\"|\\d+)";
      result =
          result.contains(name)
              ? result.replaceFirst(own, Matcher.quoteReplacement(name + value))
              : result + ',' + name + value;
    }
    return result + '}';
  }

  private static String json(List<String> headers, String body) {
    headers.add(JSON);
    return response(200, headers, body);
  }

  /** The right result of whatever an MCP server was asked. */
  private static String ok(Request request, List<String> headers, String text) {
    if (!request.line().startsWith("POST")) {
      return response(405, headers, "");
    }
    Matcher id = ID.matcher(request.text());
    if (!id.find()) {
      return response(202, headers, "");
    }
    String result = "{}";
    if (request.text().contains("\"initialize\"")) {
      result =
          "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"server\",\"version\":\"1\"}}";
    } else if (request.text().contains("\"tools/list\"")) {
      result = "{\"tools\":[{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"}}]}";
    } else if (request.text().contains("\"tools/call\"")) {
      String said = text == null ? "done" : text;
      result = "{\"content\":[{\"type\":\"text\",\"text\":\"" + said + "\"}]}";
    }
    return json(
        headers, "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result + '}');
  }

  /** A chunked result with a field in its trailer (RFC 9112 §7.1.2). */
  private static String trailed(String field) {
    String result = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}";
    return "HTTP/1.1 200 X\r\n"
        + JSON
        + "\r\nTrailer: "
        + field.substring(0, field.indexOf(':'))
        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(result.length())
        + "\r\n"
        + result
        + "\r\n0\r\n"
        + field
        + "\r\n\r\n";
  }

  private static String response(int status, List<String> headers, String body) {
    return RawServer.response(status, String.join("\n", headers), body == null ? "" : body);
  }

  private Answers() {}
}
