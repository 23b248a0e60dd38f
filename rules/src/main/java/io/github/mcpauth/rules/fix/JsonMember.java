package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces a member's value in a JSON document and leaves every other byte as it is. */
final class JsonMember {

  /** The document with another value, or null unless the member stands there exactly once. */
  static @Nullable String replace(String json, String member, String value, String other) {
    Pattern pattern =
        Pattern.compile(
            "(\"" + Pattern.quote(member) + "\"\\s*:\\s*\")" + Pattern.quote(value) + "\"");
    Matcher matcher = pattern.matcher(json);
    if (!matcher.find()) {
      return null;
    }
    int start = matcher.end(1);
    int end = matcher.end() - 1;
    boolean plain = other.indexOf('"') < 0 && other.indexOf('\\') < 0;
    return matcher.find() || !plain ? null : json.substring(0, start) + other + json.substring(end);
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
