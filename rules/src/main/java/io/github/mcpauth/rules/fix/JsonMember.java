package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Letters;
import io.github.mcpauth.rules.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Replaces a member's value in a JSON document and leaves every other byte as it is. */
final class JsonMember {

  /** The document with another value, or null unless the member stands there exactly once. */
  static @Nullable String replace(String json, String member, String value, String other) {
    int start = valueStart(json, '"' + member + '"', value + '"', 0);
    int end = start + value.length();
    boolean plain = other.indexOf('"') < 0 && other.indexOf('\\') < 0;
    boolean once = start >= 0 && valueStart(json, '"' + member + '"', value + '"', end) < 0;
    return once && plain ? json.substring(0, start) + other + json.substring(end) : null;
  }

  /** Where that value of that member begins, behind its quote, from an index on; -1 if nowhere. */
  private static int valueStart(String json, String member, String value, int from) {
    for (int at = json.indexOf(member, from); at >= 0; at = json.indexOf(member, at + 1)) {
      int colon = Letters.spaceEnd(json, at + member.length());
      int quote = json.startsWith(":", colon) ? Letters.spaceEnd(json, colon + 1) : -1;
      if (json.startsWith("\"", quote) && json.startsWith(value, quote + 1)) {
        return quote + 1;
      }
    }
    return -1;
  }

  /** An answer with this document as its body, under the head that came. */
  static ResponseDecision answer(ResponseHead response, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    Headers headers = response.headers().without("Content-Encoding").without("Transfer-Encoding");
    return new ResponseDecision.Answer(
        response.withHeaders(headers.with("Content-Length", String.valueOf(body.length))), body);
  }

  private JsonMember() {}
}
