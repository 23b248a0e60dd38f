package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a line of the log into one line for a person: time, server, step, method, status,
 * milliseconds, or what a finding says. For a terminal that follows a log, and for stderr.
 */
public final class LineText {

  private static final int SECONDS_START = 11;
  private static final int SECONDS_END = 23;

  /**
   * The line, of whatever a peer has put into it: it is yet to be made harmless to a terminal.
   *
   * @param name null where the event is not known
   * @param time as the log has it
   * @param fields by their names in the log
   */
  public static String of(@Nullable EventName name, String time, Map<String, Object> fields) {
    String what =
        name == EventName.HTTP_EXCHANGE
            ? exchange(fields)
            : name == EventName.MCP_MESSAGE ? message(fields) : text(fields, Field.MESSAGE);
    boolean isWhole = time.length() >= SECONDS_END;
    return (isWhole ? time.substring(SECONDS_START, SECONDS_END) : time) + "  " + what;
  }

  private static String exchange(Map<String, Object> fields) {
    String status = text(fields, Field.STATUS);
    String failure = text(fields, Field.FAILURE);
    return "#"
        + text(fields, Field.EXCHANGE_ID)
        + " "
        + text(fields, Field.SERVER_ADDRESS)
        + ":"
        + text(fields, Field.SERVER_PORT)
        + "  "
        + text(fields, Field.ROLE)
        + "  "
        + text(fields, Field.REQUEST_METHOD)
        + " "
        + path(text(fields, Field.URL))
        + "  "
        + (failure.isEmpty() ? status : status.isEmpty() ? failure : status + " " + failure)
        + "  "
        + decimal(text(fields, Field.DURATION))
        + " ms";
  }

  private static String message(Map<String, Object> fields) {
    String error = text(fields, Field.ERROR_MESSAGE);
    String id = text(fields, Field.REQUEST_ID);
    String tool = text(fields, Field.TOOL);
    return "#"
        + text(fields, Field.EXCHANGE_ID)
        + (text(fields, Field.DIRECTION).equals("sent") ? "   -> " : "   <- ")
        + text(fields, Field.MESSAGE_KIND)
        + " "
        + text(fields, Field.METHOD)
        + (tool.isEmpty() ? "" : " " + tool)
        + (id.isEmpty() ? "" : ", id " + id)
        + (error.isEmpty() ? "" : ": " + text(fields, Field.RPC_STATUS) + " " + error);
  }

  private static String path(String url) {
    int scheme = url.indexOf("://");
    int slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
    int query = url.indexOf('?');
    String path = query < 0 ? url : url.substring(0, query) + "?...";
    return slash < 0 ? "/" : path.substring(Math.min(slash, path.length()));
  }

  /** A decimal without zeros at its end: 29.50 of an exchange is the 29.5 of a reader. */
  private static String decimal(String number) {
    int end = number.length();
    while (number.indexOf('.') >= 0 && number.charAt(end - 1) == '0') {
      end--;
    }
    return number.substring(0, end > 0 && number.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String text(Map<String, Object> fields, Field field) {
    Object value = fields.get(field.key());
    return value == null ? "" : value.toString();
  }

  private LineText() {}
}
