package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Letters;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server itself says of an error, in whatever shape it says it: the error of OAuth (RFC 6749
 * §5.2) or of a Bearer challenge (RFC 6750 §3), of JSON-RPC, of problem details (RFC 9457), a form,
 * a page, a line of text, or what is common without a standard.
 *
 * @param code a name for the error, e.g. {@code invalid_grant}, or null
 * @param text words for people, one line of at most {@value #LONGEST} characters, or null; may hold
 *     secrets until it is redacted
 * @param hidden the member that the words are in, where nobody documents it: they may be compared,
 *     and are not shown
 */
public record Said(@Nullable String code, @Nullable String text, @Nullable String hidden) {

  public static final Said NOTHING = new Said(null, null);

  /** What may be quoted. */
  public Said(@Nullable String code, @Nullable String text) {
    this(code, text, null);
  }

  private static final int LONGEST = 300;
  private static final int LONGEST_CODE = 60;
  private static final int LONGEST_WORD = 80;

  /** Header fields in which something in front of a server says why it refuses. */
  private static final String[] REASONS = {
    "X-Squid-Error",
    "Ngrok-Error-Code",
    "x-amzn-ErrorType",
    "X-Deny-Reason",
    "X-Error-Message",
    "X-Clerk-Auth-Reason"
  };

  /** What an answer says, the challenge's description before the body's. */
  public static Said of(Exchange exchange) {
    Said body = ErrorBody.read(exchange);
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    String code = bearer == null ? null : bearer.parameter("error");
    String words = bearer == null ? null : bearer.parameter("error_description");
    code = code == null ? body.code : code;
    Said said =
        words == null ? new Said(code, body.text, body.hidden) : new Said(code, line(words));
    String reason = reason(exchange);
    boolean bare =
        said.text == null || said.hidden != null || (reason != null && AnswerBody.isHtml(exchange));
    return bare ? said.or(reason) : said;
  }

  private static @Nullable String reason(Exchange exchange) {
    for (String name : REASONS) {
      String value = exchange.responseHeaders().first(name);
      if (value != null && !value.isBlank()) {
        return name + ": " + value;
      }
    }
    return null;
  }

  private Said or(@Nullable String words) {
    if (words == null) {
      return this;
    }
    return new Said(code, line(text == null || hidden != null ? words : words + ": " + text));
  }

  /** What an event says of an error; nothing where it is none. */
  public static Said of(SseEvent event) {
    return ErrorBody.of(event);
  }

  /** Words in a member that nobody documents. */
  static Said in(String member, String text) {
    return member.isEmpty() ? of(null, text) : new Said(null, line(text), member);
  }

  /** Code and words of a text that may be either. */
  static Said of(@Nullable String code, @Nullable String text) {
    if (code != null && !isCode(code)) {
      return text == null ? new Said(null, line(code)) : new Said(null, line(code + ": " + text));
    }
    return new Said(code, text == null ? null : line(text));
  }

  private static boolean isCode(String text) {
    return !text.isBlank() && text.length() <= LONGEST_CODE && text.strip().indexOf(' ') < 0;
  }

  /** The words, or where there are none the code; null where nothing was said. */
  public @Nullable String quote() {
    return text == null || text.isEmpty() || hidden != null ? code : text;
  }

  /** Whether there are words, and they may be shown. */
  public boolean isQuoted() {
    return text != null && !text.isEmpty() && hidden == null;
  }

  /** Code and words, in lower case. */
  public String lower() {
    return ((code == null ? "" : code) + ' ' + (text == null ? "" : text)).toLowerCase(Locale.ROOT);
  }

  /** A text in one line, cut where it is long; null where it is blank. */
  static @Nullable String line(String text) {
    String line = Letters.inOneLine(text);
    if (line.isEmpty()) {
      return null;
    }
    if (line.length() <= LONGEST) {
      return line;
    }
    // Not within a word: of a key that nobody knows yet, what is left would look like none.
    int space = line.lastIndexOf(' ', LONGEST);
    return line.substring(0, space > LONGEST - LONGEST_WORD ? space : LONGEST) + "…";
  }

  /** What was said may hold a secret. */
  @Override
  public String toString() {
    return "Said[" + code + "]";
  }
}
