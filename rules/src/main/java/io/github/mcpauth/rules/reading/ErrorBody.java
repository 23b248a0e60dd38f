package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Letters;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an answer's body into what it says of an error. */
final class ErrorBody {

  private static final int MOST_TEXT = 4096;
  private static final int DEEPEST = 4;

  /** Members that hold words, the more telling ones first. */
  private static final String[] WORDS = {
    "error_description",
    "errorDescription",
    "error_message",
    "errorMessage",
    "errorSummary",
    "detail",
    "message",
    "Message",
    "msg",
    "description",
    "reason",
    "title",
    "details",
    "error_summary"
  };

  private static final Set<String> BARE =
      Set.of(
          "", // A status alone.
          "error",
          "forbidden",
          "error forbidden",
          "forbidden error forbidden",
          "ngrok",
          "action controller exception caught",
          "not found",
          "unauthorized",
          "bad request",
          "access denied",
          "internal server error",
          "service unavailable");

  private static final String[] CODES = {"error", "errorCode", "error_code", "code", "__type"};

  static Said read(Exchange exchange) {
    Body body = exchange.responseBody();
    if (body.isEmpty()) {
      return Said.NOTHING;
    }
    int length = Math.min(body.bytes().length, MOST_TEXT);
    String text = new String(body.bytes(), 0, length, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      return json(exchange, body);
    }
    if (text.startsWith("event:") || text.startsWith("data:") || text.startsWith("id:")) {
      return event(text);
    }
    if (text.startsWith("error=") || text.contains("&error=")) {
      FormParameters form = FormParameters.of(body);
      return Said.of(form.first("error"), form.first("error_description"));
    }
    if (AnswerBody.isHtml(exchange)) {
      return new Said(null, Said.line(page(text)));
    }
    if (text.startsWith("<")) {
      String words = element(text, "message");
      return new Said(element(text, "code"), words == null ? null : Said.line(words));
    }
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return isText(line) ? new Said(null, Said.line(line)) : Said.NOTHING;
  }

  private static Said json(Exchange exchange, Body body) {
    if (body.isWhole()) {
      Object value = parse(body.bytes());
      Said said = value == null ? Said.NOTHING : of(value, 0);
      return said.quote() == null && value != null && exchange.status() >= 400
          ? Said.of(null, prose(value, "", 0))
          : said;
    }
    JsonRpcMessage cut = RpcError.of(exchange);
    return cut == null ? Said.NOTHING : Said.of(null, cut.errorMessage());
  }

  private static @Nullable Object parse(byte[] text) {
    try {
      return Json.read(text);
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  /** The first event that holds an error. */
  private static Said event(String text) {
    for (String line : text.lines().toList()) {
      Object value =
          line.startsWith("data:")
              ? parse(line.substring(5).strip().getBytes(StandardCharsets.UTF_8))
              : null;
      if (value instanceof Map<?, ?> members && members.containsKey("error")) {
        return of(value, 0);
      }
    }
    return Said.NOTHING;
  }

  /** The first text of more than one word, with the member that it is in; null where none is. */
  private static @Nullable String prose(@Nullable Object value, String member, int depth) {
    if (value instanceof String text) {
      boolean words = text.strip().indexOf(' ') > 0;
      return !words ? null : member.isEmpty() ? text : member + ": " + text;
    }
    if (depth < DEEPEST && value instanceof List<?> values && !values.isEmpty()) {
      return prose(values.get(0), member, depth + 1);
    }
    if (depth < DEEPEST && value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> each : members.entrySet()) {
        String found = prose(each.getValue(), String.valueOf(each.getKey()), depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Said of(Object value, int depth) {
    if (value instanceof String text) {
      return Said.of(text, null);
    }
    if (depth < DEEPEST && value instanceof List<?> values && !values.isEmpty()) {
      Object first = values.get(0);
      return first == null ? Said.NOTHING : of(first, depth + 1);
    }
    return depth < DEEPEST && value instanceof Map<?, ?> members
        ? object(members, depth)
        : Said.NOTHING;
  }

  private static Said object(Map<?, ?> members, int depth) {
    Said nested = Said.NOTHING;
    for (String name : new String[] {"error", "errors", "err", "fault", "detail", "Error"}) {
      Object value = members.get(name);
      if (nested == Said.NOTHING && (value instanceof Map<?, ?> || value instanceof List<?>)) {
        nested = of(value, depth + 1);
      }
    }
    String code = nested.code();
    for (String name : CODES) {
      code = code == null && members.get(name) instanceof String text ? text : code;
    }
    String words = nested.text();
    for (String name : WORDS) {
      words = words == null && members.get(name) instanceof String text ? text : words;
    }
    boolean both = members.get("title") instanceof String && members.get("detail") == words;
    String text = both && words != null ? members.get("title") + ": " + words : words;
    if (members.get("errorDescription") == words
        && members.get("errorMessage") instanceof String more
        && !more.equals(words)) {
      text = words + ": " + more;
    }
    if (text != null && members.get("loc") instanceof List<?> place) {
      text = place.stream().map(String::valueOf).collect(Collectors.joining(".")) + ": " + text;
    }
    boolean rpc = members.get("code") instanceof Number && members.get("message") == words;
    if (rpc && words != null && members.get("data") instanceof String data && !data.isBlank()) {
      text = words + ": " + data; // JSON-RPC 2.0 §5.1
    }
    return Said.of(code, text == null || text.isBlank() ? null : text);
  }

  /** The title of a page, else its first heading, else its first words. */
  private static String page(String html) {
    String title = element(html, "title");
    String first = title == null || title.isBlank() ? null : title;
    for (String name : new String[] {"h1", "h2", "p"}) {
      String words = element(html, name);
      if (words == null || words.isBlank()) {
        continue;
      }
      if (first == null || isBare(first) || (name.equals("h1") && !isBare(words))) {
        first =
            first == null || words.contains(first) ? words : first.strip() + ": " + words.strip();
      }
    }
    boolean bare = first != null && isBare(first);
    boolean digits = bare && first != null && hasNoWords(first);
    return first == null || digits || (bare && title == null) ? words(html) : first;
  }

  /** Whether words say no more than a status does. */
  private static boolean isBare(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      letters.append(c >= 'a' && c <= 'z' ? c : ' ');
    }
    return BARE.contains(Letters.inOneLine(letters.toString()));
  }

  /** Whether it is the number of a status alone, or nothing. */
  private static boolean hasNoWords(String words) {
    String number = words.strip();
    return number.isEmpty() || Letters.areDigits(number);
  }

  /** The text of a page, without tags. */
  static String words(String html) {
    return Markup.words(html, "script", "style");
  }

  /** The text of the first element with this name, without tags; null where there is none. */
  private static @Nullable String element(String markup, String name) {
    String lower = markup.toLowerCase(Locale.ROOT);
    int open = lower.indexOf('<' + name);
    int start = open < 0 ? -1 : lower.indexOf('>', open);
    int end = start < 0 ? -1 : lower.indexOf("</" + name, start);
    return end < 0 ? null : Markup.words(markup.substring(start + 1, end)).replace("&#39;", "'");
  }

  private static boolean isText(String line) {
    int odd = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      odd += (c < ' ' && c != '\t') || c == '\uFFFD' ? 1 : 0;
    }
    return odd == 0;
  }

  private ErrorBody() {}
}
