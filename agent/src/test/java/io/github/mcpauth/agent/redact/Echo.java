package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How a peer may give a secret back. */
enum Echo {
  AS_IT_IS(secret -> secret),
  IN_QUOTES(secret -> '"' + secret + '"'),
  IN_BRACKETS(secret -> '<' + secret + '>'),
  ENCODED(secret -> URLEncoder.encode(secret, UTF_8)),
  ENCODED_TWICE(secret -> URLEncoder.encode(URLEncoder.encode(secret, UTF_8), UTF_8)),
  PERCENT(secret -> each(secret, "%%%02x")),
  LOWER_CASE(secret -> secret.toLowerCase(Locale.ROOT)),
  UPPER_CASE(secret -> secret.toUpperCase(Locale.ROOT)),
  JSON(secret -> each(secret, "\\u%04x")),
  HTML(secret -> each(secret, "&#%d;")),
  HTML_HEX(secret -> each(secret, "&#x%x;")),
  JSON_IN_JSON(Forms.LONG, secret -> "{\\\"x\\\":\\\"" + secret + "\\\"}"),
  GLUED(Forms.LONG, secret -> "glued_" + secret),
  WITHOUT_ITS_END(Forms.LONG, secret -> secret.substring(0, secret.length() - 2) + "..."),
  ITS_FIRST_EIGHT(Forms.LONG, secret -> secret.substring(0, 8) + "..."),
  BASE64(Forms.LONG, secret -> Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))),
  BASE64_URL(
      Forms.LONG, secret -> Base64.getUrlEncoder().encodeToString(("u:" + secret).getBytes(UTF_8))),
  BASE64_LATER(
      Forms.LONG, secret -> Base64.getEncoder().encodeToString(("u1:" + secret).getBytes(UTF_8))),
  BASE64_LOWER(
      Forms.LONG,
      secret ->
          Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)).toLowerCase(Locale.ROOT)),
  BASE64_ENCODED(
      Forms.LONG,
      secret ->
          URLEncoder.encode(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)), UTF_8)),
  ACROSS_THE_CUT(Forms.LONG, secret -> "x ".repeat(1021) + secret),
  ACROSS_THE_LATER_CUT(Forms.LONG, secret -> "x ".repeat(4 * 1024 - 11) + secret);

  private static final class Forms {
    static final int LONG = SeenSecrets.HEAD + 2;
  }

  private final int shortest;
  private final UnaryOperator<String> form;

  Echo(UnaryOperator<String> form) {
    this(0, form);
  }

  Echo(int shortest, UnaryOperator<String> form) {
    this.shortest = shortest;
    this.form = form;
  }

  /** Whether a secret that short is looked for in this form at all. */
  boolean isFor(String secret) {
    return secret.length() >= shortest && !(this == ITS_FIRST_EIGHT && secret.indexOf(' ') >= 0);
  }

  /** Whether it comes with thousands of other characters. */
  boolean isLong() {
    return this == ACROSS_THE_CUT || this == ACROSS_THE_LATER_CUT;
  }

  String of(String secret) {
    return form.apply(secret);
  }

  private static String each(String secret, String form) {
    StringBuilder text = new StringBuilder();
    for (char c : secret.toCharArray()) {
      text.append(String.format(Locale.ROOT, form, (int) c));
    }
    return text.toString();
  }
}
