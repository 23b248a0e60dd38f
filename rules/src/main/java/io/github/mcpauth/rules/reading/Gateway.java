package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of a server, as its header fields or its page show: {@code gateways.tsv}.
 * That it passed an answer on is no proof that it made it.
 *
 * @param sign a header field with the beginning of its value, or text of the body
 * @param name as people know it
 * @param log where it says why a request failed
 * @param timeout how long it waits for the server, and what sets that
 */
public record Gateway(String sign, String name, Kind kind, String log, String timeout) {

  /** Whose it is. */
  public enum Kind {
    /** In front of a server that somebody runs elsewhere. */
    PROXY,
    /** It runs the server. */
    PLATFORM,
    /** On this side, on the way out. */
    FORWARD
  }

  private static final String FILE = "/io/github/mcpauth/rules/gateways.tsv";
  private static final int COLUMNS = 5;

  /** Read by who asks first, like the table of words. */
  private static final class Rows {
    static final List<Gateway> ALL = read();
  }

  /** All of them, in the order of the file. */
  static List<Gateway> all() {
    return Rows.ALL;
  }

  /** The first that an answer shows, or null. */
  public static @Nullable Gateway of(Exchange exchange) {
    if (exchange.response() == null) {
      return null;
    }
    String body = AnswerBody.isHtml(exchange) ? AnswerBody.text(exchange) : "";
    for (Gateway each : Rows.ALL) {
      if (each.sign.startsWith("<") ? body.contains(each.sign) : each.isIn(exchange)) {
        return each;
      }
    }
    return null;
  }

  private boolean isIn(Exchange exchange) {
    int colon = sign.indexOf(": ");
    String field = exchange.responseHeaders().first(sign.substring(0, colon));
    String value = sign.substring(colon + 2);
    String lower = field == null ? "" : field.toLowerCase(Locale.ROOT);
    // Via is a list, in which each proxy adds itself (RFC 9110 §7.6.3).
    return field != null
        && (sign.startsWith("via:") ? lower.contains(value) : lower.startsWith(value));
  }

  private static List<Gateway> read() {
    List<Gateway> rows = new ArrayList<>();
    for (String[] cells : Table.rows(FILE, COLUMNS)) {
      Kind kind = Kind.valueOf(cells[2].toUpperCase(Locale.ROOT));
      rows.add(new Gateway(cells[0], cells[1], kind, cells[3], cells[4]));
    }
    return List.copyOf(rows);
  }
}
