package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes exchanges as an HTTP Archive 1.2, which browsers' developer tools open. Of bodies it has
 * what the log has: OAuth documents, and what servers said when they refused.
 */
final class HarReport {

  static void write(Recording recording, String version, Writer out) throws IOException {
    Map<String, Object> creator = new LinkedHashMap<>();
    creator.put("name", "mcp-auth-agent");
    creator.put("version", version);
    out.write("{\"log\":{\"version\":\"1.2\",\"creator\":" + Json.write(creator));
    out.write(",\"pages\":[],\"entries\":[");
    String between = "\n";
    for (Run run : recording.runs()) {
      for (LoggedExchange exchange : run.exchanges()) {
        out.write(between + Json.write(entry(exchange)));
        between = ",\n";
      }
    }
    out.write("\n]}}\n");
  }

  private static Map<String, Object> entry(LoggedExchange exchange) {
    double millis = exchange.took().toNanos() / 1_000_000.0;
    Map<String, Object> entry = new LinkedHashMap<>();
    Instant start = exchange.start();
    entry.put("startedDateTime", (start == null ? Instant.EPOCH : start).toString());
    entry.put("time", millis);
    entry.put("request", request(exchange));
    entry.put("response", response(exchange));
    entry.put("cache", Map.of());
    Map<String, Object> timings = new LinkedHashMap<>();
    timings.put("send", 0);
    timings.put("wait", millis);
    timings.put("receive", 0);
    entry.put("timings", timings);
    StringBuilder comment = new StringBuilder("#" + exchange.number() + " " + exchange.role());
    for (LogLine message : exchange.messages()) {
      comment.append("; ").append(message.text(Field.MESSAGE));
    }
    entry.put("comment", Plain.text(comment.toString()));
    return entry;
  }

  private static Map<String, Object> request(LoggedExchange exchange) {
    LogLine line = exchange.line();
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", exchange.method());
    request.put("url", exchange.url());
    request.put("httpVersion", version(line));
    request.put("cookies", List.of());
    List<Map<String, String>> headers = headers(line, Field.REQUEST_HEADERS);
    request.put("headers", headers);
    request.put("queryString", query(exchange.url()));
    String body = "";
    if (line.value(Field.REQUEST_FORM) instanceof Map<?, ?> form) {
      List<Map<String, String>> parameters = new ArrayList<>();
      form.forEach((name, value) -> parameters.add(pair(name, value)));
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("mimeType", "application/x-www-form-urlencoded");
      data.put("params", parameters);
      request.put("postData", data);
    } else if (line.value(Field.REQUEST_JSON) != null) {
      body = Json.write(line.value(Field.REQUEST_JSON));
    } else {
      body = line.text(Field.REQUEST_BODY);
    }
    if (!body.isEmpty()) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("mimeType", contentType(headers));
      data.put("text", body);
      request.put("postData", data);
    }
    request.put("headersSize", size(line, Field.REQUEST_HEADER_BYTES));
    request.put("bodySize", size(line, Field.REQUEST_BODY_SIZE));
    return request;
  }

  private static Map<String, Object> response(LoggedExchange exchange) {
    LogLine line = exchange.line();
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("status", exchange.status());
    response.put("statusText", "");
    response.put("httpVersion", version(line));
    response.put("cookies", List.of());
    List<Map<String, String>> headers = headers(line, Field.RESPONSE_HEADERS);
    response.put("headers", headers);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("size", Math.max(0, size(line, Field.RESPONSE_BODY_SIZE)));
    content.put("mimeType", contentType(headers));
    Object document = line.value(Field.RESPONSE_JSON);
    String text = document == null ? line.text(Field.RESPONSE_BODY) : Json.write(document);
    if (!text.isEmpty()) {
      content.put("text", text);
    }
    response.put("content", content);
    response.put("redirectURL", header(headers, "location"));
    response.put("headersSize", -1);
    response.put("bodySize", size(line, Field.RESPONSE_BODY_SIZE));
    if (!exchange.failure().isEmpty()) {
      // Chromium's own name for it: shown in the place of a status.
      response.put("_error", exchange.failure() + " " + line.text(Field.ERROR_MESSAGE));
    }
    return response;
  }

  private static String version(LogLine line) {
    String version = line.text(Field.PROTOCOL_VERSION);
    return version.isEmpty() ? "unknown" : "HTTP/" + version;
  }

  private static long size(LogLine line, Field field) {
    return line.value(field) instanceof Number number ? Math.max(-1, number.longValue()) : -1;
  }

  private static List<Map<String, String>> headers(LogLine line, Field field) {
    List<Map<String, String>> headers = new ArrayList<>();
    if (line.value(field) instanceof Map<?, ?> map) {
      map.forEach(
          (name, values) -> {
            for (Object value : values instanceof List<?> list ? list : List.of()) {
              headers.add(pair(name, value));
            }
          });
    }
    return headers;
  }

  private static Map<String, String> pair(Object name, Object value) {
    Map<String, String> pair = new LinkedHashMap<>();
    pair.put("name", String.valueOf(name));
    pair.put("value", String.valueOf(value));
    return pair;
  }

  private static String contentType(List<Map<String, String>> headers) {
    return header(headers, "content-type");
  }

  private static String header(List<Map<String, String>> headers, String name) {
    for (Map<String, String> header : headers) {
      if (name.equals(String.valueOf(header.get("name")).toLowerCase(Locale.ROOT))) {
        return String.valueOf(header.get("value"));
      }
    }
    return "";
  }

  private static List<Map<String, String>> query(String url) {
    List<Map<String, String>> query = new ArrayList<>();
    int start = url.indexOf('?');
    for (FormParameters.Parameter each :
        FormParameters.of(start < 0 ? "" : url.substring(start + 1))) {
      String value = each.rawValue() == null ? "" : FormParameters.decoded(each.rawValue());
      query.add(pair(each.name(), value));
    }
    return query;
  }

  private HarReport() {}
}
