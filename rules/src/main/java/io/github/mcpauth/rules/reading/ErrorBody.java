package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.json.ErrorMembers;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an answer's body into what it says of an error. */
final class ErrorBody {

  private static final int MOST_TEXT = 4096;
  private static final int DEEPEST = 4;

  /** Where servers name the scope that is missing, beside the challenge. */
  private static final String[] SCOPES = {
    "scope", "required_scope", "required_scopes", "required", "scopes", "missing_scopes"
  };

  /**
   * A reading of a body, which it is asked once: most rules ask what a refusal says.
   *
   * @param certain whether the answer is one of error
   * @param stream whether its head says that it is an event stream
   * @param html whether it is a page
   */
  private record Reading(boolean certain, boolean stream, boolean html)
      implements Function<Body, Said> {
    @Override
    public Said apply(Body body) {
      return read(body, this);
    }
  }

  /** One for each combination: a body knows a reading by its identity. */
  private static final Reading[] READINGS = new Reading[8];

  static {
    for (int i = 0; i < READINGS.length; i++) {
      READINGS[i] = new Reading((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
    }
  }

  static Said read(Exchange exchange) {
    Body body = exchange.responseBody();
    if (body.isEmpty()) {
      return Said.NOTHING;
    }
    boolean stream = exchange.response() != null && exchange.response().isEventStream();
    int reading = exchange.status() >= 400 ? 1 : 0;
    reading += (stream ? 2 : 0) + (AnswerBody.isHtml(exchange) ? 4 : 0);
    return body.as(READINGS[reading]);
  }

  private static Said read(Body body, Reading how) {
    int length = Math.min(body.bytes().length, MOST_TEXT);
    String text = new String(body.bytes(), 0, length, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      return json(body, how.certain());
    }
    if (how.stream()
        || text.startsWith("event:")
        || text.startsWith("data:")
        || text.startsWith("id:")) {
      return events(text);
    }
    if (text.startsWith("error=") || text.contains("&error=")) {
      FormParameters form = FormParameters.of(body);
      return Said.of(form.first("error"), form.first("error_description"));
    }
    if (how.html()) {
      return new Said(null, Said.line(Page.said(text)));
    }
    if (text.startsWith("<")) {
      String words = Page.element(text, "message");
      return new Said(Page.element(text, "code"), words == null ? null : Said.line(words));
    }
    String line = Traceback.isOne(text) ? Traceback.reason(body) : firstLine(text);
    return isText(line) ? new Said(null, Said.line(line)) : Said.NOTHING;
  }

  private static Said json(Body body, boolean certain) {
    if (body.isWhole()) {
      Object value = parse(body.bytes());
      return value == null ? Said.NOTHING : ofError(value, certain);
    }
    JsonRpcMessage cut = RpcError.of(body);
    return cut == null ? Said.NOTHING : Said.of(null, cut.errorMessage());
  }

  /**
   * @param certain whether it is an error for sure, so that any words in it are of one
   */
  private static Said ofError(Object value, boolean certain) {
    Said said = of(value, 0);
    return said.quote() == null && certain ? prose(value, "", 0) : said;
  }

  private static @Nullable Object parse(byte[] text) {
    try {
      return Json.read(text);
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  /** The first event that says of an error. */
  private static Said events(String text) {
    Said[] first = {Said.NOTHING};
    SseParser parser =
        new SseParser(
            MOST_TEXT, event -> first[0] = first[0] == Said.NOTHING ? of(event) : first[0]);
    byte[] bytes = (text + "\n\n").getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    return first[0];
  }

  /** What an event says that is named as an error, or whose data is one. */
  static Said of(SseEvent event) {
    String name = event.event().toLowerCase(Locale.ROOT);
    boolean named = name.contains("error") || name.contains("exception") || name.contains("fail");
    String data = event.data().strip();
    int length = Math.min(data.length(), MOST_TEXT);
    if (!data.startsWith("{") && !data.startsWith("[")) {
      return named && isText(data)
          ? new Said(null, Said.line(data.substring(0, length)))
          : Said.NOTHING;
    }
    Object value = event.truncated() ? null : parse(data.getBytes(StandardCharsets.UTF_8));
    boolean error = value instanceof Map<?, ?> members && members.containsKey("error");
    return value != null && (named || error) ? ofError(value, named) : Said.NOTHING;
  }

  /**
   * The first text of more than one word, in a member that nobody documents, so that it may be
   * anything.
   */
  private static Said prose(@Nullable Object value, String member, int depth) {
    if (value instanceof String text) {
      boolean words = text.strip().indexOf(' ') > 0;
      return !words ? Said.NOTHING : Said.in(member, text);
    }
    if (depth < DEEPEST && value instanceof List<?> values && !values.isEmpty()) {
      return prose(values.get(0), member, depth + 1);
    }
    Said found = Said.NOTHING;
    if (depth < DEEPEST && value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> each : members.entrySet()) {
        boolean known = found != Said.NOTHING;
        String name = (member.isEmpty() ? "" : member + ".") + each.getKey();
        found = known ? found : prose(each.getValue(), name, depth + 1);
      }
    }
    return found;
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
    for (String name : ErrorMembers.NESTED) {
      Object value = members.get(name);
      if (nested == Said.NOTHING && (value instanceof Map<?, ?> || value instanceof List<?>)) {
        nested = of(value, depth + 1);
      }
    }
    String code = nested.code();
    for (String name : ErrorMembers.CODES) {
      code = code == null && members.get(name) instanceof String text ? text : code;
    }
    String words = nested.text();
    for (String name : ErrorMembers.WORDS) {
      words = words == null && members.get(name) instanceof String text ? text : words;
    }
    boolean both = members.get("title") instanceof String && members.get("detail") == words;
    String text = both && words != null ? members.get("title") + ": " + words : words;
    if (members.get("errorDescription") == words
        && members.get("errorMessage") instanceof String more
        && !more.equals(words)) {
      text = words + ": " + more;
    }
    if (text != null
        && members.get("message") == words
        && members.get("description") instanceof String more
        && !more.equals(words)) {
      text = text + ": " + more; // WSO2
    }
    if (text != null && members.get("loc") instanceof List<?> place) {
      text = place.stream().map(String::valueOf).collect(Collectors.joining(".")) + ": " + text;
    }
    if (text != null && members.get("hint") instanceof String hint && !text.contains(hint)) {
      text = Boilerplate.isMost(text) ? hint : text + ": " + hint;
    }
    if ("insufficient_scope".equals(code)) {
      text = withScope(text, members);
    }
    boolean rpc = members.get("code") instanceof Number && members.get("message") == words;
    if (rpc && words != null && members.get("data") instanceof String data && !data.isBlank()) {
      text = words + ": " + data; // JSON-RPC 2.0 §5.1
    }
    return Said.of(code, text == null || text.isBlank() ? null : text);
  }

  /** The scope that is missing, where the body names it in a member of its own. */
  private static @Nullable String withScope(@Nullable String text, Map<?, ?> members) {
    for (String name : SCOPES) {
      Object value = members.get(name);
      String scope =
          value instanceof List<?> list
              ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
              : value instanceof String one ? one : null;
      if (scope != null && !scope.isBlank()) {
        return (text == null ? "" : text + ", ") + name + ": " + scope;
      }
    }
    return text;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
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
