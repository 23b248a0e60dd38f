package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.rules.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Says an exchange again as a line for a shell, with variables such as {@code $TOKEN} in the place
 * of secrets. Whatever a peer put into a URL or a header, the shell runs nothing of it.
 */
final class CurlLine {

  /** What curl adds by itself, or is about this one connection. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "content-length",
          "host",
          "connection",
          "user-agent",
          "accept-encoding",
          "cache-control",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "traceparent",
          "tracestate");

  private static final int LONGEST_PART = 1024;
  private static final int LONGEST = 16 * 1024;

  /** The line; what is too long for one is left out as a whole, as half of it would be another. */
  static String of(LoggedExchange exchange) {
    if (exchange.url().length() > LONGEST_PART) {
      return "# the URL is too long for a line";
    }
    StringBuilder line = new StringBuilder("curl -i");
    String method = exchange.method().matches("[A-Z]{1,20}") ? exchange.method() : "GET";
    line.append(" -X ").append(method).append(' ').append(quoted(exchange.url(), "SECRET"));
    if (exchange.line().value(Field.REQUEST_HEADERS) instanceof Map<?, ?> headers) {
      headers.forEach((name, values) -> header(line, String.valueOf(name), values));
    }
    body(line, exchange);
    return line.toString();
  }

  private static void header(StringBuilder line, String name, Object values) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (LEFT_OUT.contains(lower) || lower.startsWith(":")) {
      return;
    }
    String variable =
        switch (lower) {
          case "authorization" -> "TOKEN";
          case "cookie" -> "COOKIE";
          case "mcp-session-id" -> "SESSION";
          default -> "SECRET";
        };
    for (Object value : values instanceof List<?> list ? list : List.of(values)) {
      add(line, " -H ", name + ": " + value, variable);
    }
  }

  private static void body(StringBuilder line, LoggedExchange exchange) {
    if (exchange.line().value(Field.REQUEST_FORM) instanceof Map<?, ?> form) {
      form.forEach(
          (name, value) -> {
            String variable = String.valueOf(name).toUpperCase(Locale.ROOT);
            String safe = variable.matches("[A-Z][A-Z0-9_]*") ? variable : "SECRET";
            add(line, " --data-urlencode ", name + "=" + value, safe);
          });
    } else if (exchange.line().value(Field.REQUEST_JSON) instanceof Map<?, ?> json) {
      add(line, " --data ", Json.write(json), "SECRET");
    } else if (exchange.method().equals("POST") && exchange.role().equals("mcp")) {
      message(line, exchange);
    }
  }

  /** The log has a message's method and id, not its parameters. */
  private static void message(StringBuilder line, LoggedExchange exchange) {
    for (LogLine message : exchange.messages()) {
      if (!message.text(Field.DIRECTION).equals("sent")) {
        continue;
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("jsonrpc", "2.0");
      if (message.text(Field.MESSAGE_KIND).equals("request")) {
        json.put("id", message.text(Field.REQUEST_ID));
      }
      String method = message.text(Field.METHOD);
      json.put("method", method);
      if (method.equals("initialize")) {
        json.put("params", parameters(message.text(Field.MCP_VERSION)));
      }
      add(line, " --data ", Json.write(json), "SECRET");
      return;
    }
  }

  private static Map<String, Object> parameters(String version) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("protocolVersion", version.isEmpty() ? "2025-11-25" : version);
    parameters.put("capabilities", Map.of());
    Map<String, String> client = new LinkedHashMap<>();
    client.put("name", "curl");
    client.put("version", "1");
    parameters.put("clientInfo", client);
    return parameters;
  }

  private static void add(StringBuilder line, String option, String text, String variable) {
    if (text.length() <= LONGEST_PART && line.length() < LONGEST) {
      line.append(option).append(quoted(text, variable));
    }
  }

  /** In single quotes, which end only for a variable of ours. */
  private static String quoted(String text, String variable) {
    String plain = Plain.text(text);
    Matcher secrets = CredentialTrail.FINGERPRINT.matcher(plain);
    StringBuilder quoted = new StringBuilder("'");
    int from = 0;
    while (secrets.find()) {
      quoted.append(escaped(plain.substring(from, secrets.start())));
      quoted.append("'\"$").append(variable).append("\"'");
      from = secrets.end();
    }
    quoted.append(escaped(plain.substring(from))).append('\'');
    return quoted.toString();
  }

  private static String escaped(String text) {
    return text.replace("'", "'\\''");
  }

  private CurlLine() {}
}
