package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/** What an answer's body is, and how it begins. */
public final class AnswerBody {

  private static final int MOST_BYTES = 4096;

  private static final Function<Body, String> LOWER = AnswerBody::lower;

  /** What was kept of its first 4 KiB, in lower case; read once, since most rules ask. */
  public static String text(Exchange exchange) {
    return exchange.responseBody().as(LOWER);
  }

  private static String lower(Body body) {
    int length = Math.min(body.bytes().length, MOST_BYTES);
    String text = new String(body.bytes(), 0, length, StandardCharsets.UTF_8);
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a page, by its type or its first characters. */
  public static boolean isHtml(Exchange exchange) {
    if (exchange.response() == null) {
      return false;
    }
    String media = exchange.mediaType();
    return "text/html".equals(media)
        || "application/xhtml+xml".equals(media)
        || ((media == null || !media.contains("json")) && startsLikeHtml(text(exchange)));
  }

  private static boolean startsLikeHtml(String text) {
    return text.startsWith("<!doctype html") || text.startsWith("<html");
  }

  /** Whether its type says that it is JSON. */
  public static boolean isJson(Exchange exchange) {
    String media = exchange.mediaType();
    return media != null && media.contains("json");
  }

  private AnswerBody() {}
}
