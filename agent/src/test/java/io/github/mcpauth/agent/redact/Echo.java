package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mcpauth.rules.json.Json;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
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
  BASE64_TWICE(Forms.LONG, secret -> Forms.base64(Forms.base64(secret))),
  BASE64_OF_JSON(Forms.LONG, secret -> Forms.base64("{\"a\":\"" + secret + "\"}")),
  HEX(Forms.LONG, secret -> HexFormat.of().formatHex(secret.getBytes(UTF_8))),
  HEX_UPPER(Forms.LONG, secret -> HexFormat.of().withUpperCase().formatHex(secret.getBytes(UTF_8))),
  HEX_LATER(Forms.LONG, secret -> HexFormat.of().formatHex(("id=" + secret).getBytes(UTF_8))),
  HEX_COLONS(Forms.LONG, secret -> HexFormat.ofDelimiter(":").formatHex(secret.getBytes(UTF_8))),
  HEX_ESCAPES(Forms.LONG, secret -> each(secret, "\\x%02x")),
  BYTES(Forms.LONG, secret -> Arrays.toString(secret.getBytes(UTF_8))),
  OCTAL(Forms.LONG, secret -> each(secret, "\\%03o")),
  PERCENT_MIXED(secret -> Forms.mixed(secret, "%%%02X")),
  PERCENT_U(secret -> each(secret, "%%u%04x")),
  QUOTED_PRINTABLE(Forms.LONG, secret -> each(secret, "=%02X")),
  BRACED(secret -> each(secret, "\\u{%x}")),
  CODE_POINTS(Forms.LONG, secret -> each(secret, "U+%04X ").strip()),
  HTML_ZEROS(secret -> each(secret, "&#%07d;")),
  HTML_HEX_ZEROS(secret -> each(secret, "&#x%08x;")),
  HTML_MIXED(secret -> Forms.mixed(secret, "&#%d;")),
  HTML_NAMES(
      Forms.LONG, secret -> secret.replace("-", "&hyphen;").replace("_", "&lowbar;") + "&period;"),
  PERCENT_OF_PERCENT(
      secret -> {
        String text = each(secret, "%%%02x");
        for (int i = 0; i < 5; i++) {
          text = URLEncoder.encode(text, UTF_8);
        }
        return text;
      }),
  JSON_DEEP(
      Forms.LONG,
      secret -> {
        String text = secret;
        for (int i = 0; i < 7; i++) {
          text = Json.write(Map.of("x", text));
        }
        return text.substring(8);
      }),
  FULL_WIDTH(Forms.LONG, Forms::wide),
  FOLDED(Forms.NUMBERED, secret -> secret.substring(0, 6) + "\n " + secret.substring(6)),
  OVER_TWO_LINES_OF_A_STREAM(
      Forms.NUMBERED, secret -> secret.substring(0, 6) + "\ndata: " + secret.substring(6)),
  WITH_TAGS(Forms.NUMBERED, secret -> secret.substring(0, 6) + "<wbr>" + secret.substring(6)),
  WITH_WHAT_NOBODY_SEES(Forms.NUMBERED, secret -> String.join("\u200b", secret.split(""))),
  SPACED(Forms.NUMBERED, secret -> String.join(" ", secret.split(""))),
  ACROSS_THE_CUT(Forms.LONG, secret -> "x ".repeat(1021) + secret),
  ACROSS_THE_LATER_CUT(Forms.LONG, secret -> "x ".repeat(4 * 1024 - 11) + secret);

  private static final class Forms {
    static final int LONG = SeenSecrets.HEAD + 2;

    /** Of those with a digit among the first, which no words are when they are put together. */
    static final int NUMBERED = LONG + 1000;

    static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    static String mixed(String secret, String form) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < secret.length(); i++) {
        boolean plain = i % 3 == 1;
        String one = secret.substring(i, i + 1);
        text.append(plain ? one : each(one, i % 2 == 0 ? form : form.toLowerCase(Locale.ROOT)));
      }
      return text.toString();
    }

    static String wide(String secret) {
      StringBuilder text = new StringBuilder();
      secret.chars().forEach(c -> text.append((char) (c - '!' + 0xFF01)));
      return text.toString();
    }
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
    if (shortest == Forms.NUMBERED) {
      String head = secret.substring(0, Math.min(SeenSecrets.HEAD, secret.length()));
      return secret.length() >= Forms.LONG && head.chars().anyMatch(Character::isDigit);
    }
    if (this == FULL_WIDTH && secret.indexOf(' ') >= 0) {
      return false;
    }
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
