package io.github.mcpauth.rules.exchange;

import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC request and how it ended, or how it stands: users fail in calls, not in heads. Its
 * answer may come in the body or as an event of the exchange that carried it, or as an event of
 * another stream.
 *
 * @param exchangeId the exchange that carried the request
 * @param id the request's id as text, or null where it could not be read
 * @param tool the tool's name in a {@code tools/call}, or null
 * @param sign what had come of the server when it ended, apart from its answer
 * @param answer the message that answered it, or the one with another id; null where there is none
 * @param answeredBy the exchange that the answer came with; 0 where there is none
 * @param event the name of the event that the answer came as, where it is not the one that clients
 *     read; else null
 * @param complaint the first event that said of an error and was no JSON-RPC message, or null
 * @param took from sending to the end, or until now
 * @param silence how long nothing had come when it ended
 */
public record Call(
    long exchangeId,
    @Nullable String id,
    String method,
    @Nullable String tool,
    Sign sign,
    End end,
    @Nullable JsonRpcMessage answer,
    long answeredBy,
    @Nullable String event,
    @Nullable Complaint complaint,
    Duration took,
    Duration silence) {

  /** In the place of a method: the GET that opens the server's own event stream. */
  public static final String STREAM = "GET";

  /** A host that drops a call earlier has changed its mind; later, it has waited in vain. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What shows that the server took a request. */
  public enum Sign {
    NOTHING,
    HEAD,
    /** Bytes of an event stream, be they comments or events. */
    EVENTS;

    /** The value in the log. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an event said of an error.
   *
   * @param event its name
   * @param words empty where they may not be shown
   */
  public record Complaint(String event, String words) {

    /** What was said may hold a secret. */
    @Override
    public String toString() {
      return "Complaint[" + event + "]";
    }
  }

  /** How a call ended. */
  public enum End {
    RESULT,
    ERROR,
    /** There is an answer that cannot be read, e.g. a compressed one or one that is too long. */
    UNREAD,
    /** An answer came with an id that nobody used. */
    OTHER_ID,
    /** The answer was 202 or had no body, as the one to a notification. */
    ACCEPTED,
    /** The answer is something else than JSON-RPC. */
    NO_MESSAGE,
    /** An event came whose data begins as JSON, and is none. */
    BROKEN_EVENT,
    STREAM_ENDED,
    STREAM_CUT,
    /** The body is shorter than its head said. */
    TRUNCATED,
    /** The application did not want to wait any longer. */
    GIVEN_UP,
    /** It waits still. */
    OPEN,
    /** A status of 300 or above. */
    REFUSED,
    /** No response, for a reason below HTTP. */
    FAILED;

    /** The value in the log: {@code stream-ended}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether the server answered it, well or badly. */
  public boolean isAnswered() {
    return end == End.RESULT || end == End.ERROR || end == End.UNREAD;
  }

  /** Whether its answer ought to have come, and did not, although nothing refused the request. */
  public boolean isUnanswered() {
    return switch (end) {
      case OTHER_ID, ACCEPTED, NO_MESSAGE, BROKEN_EVENT, STREAM_ENDED, STREAM_CUT, TRUNCATED ->
          true;
      case GIVEN_UP, OPEN -> took.compareTo(PATIENCE) >= 0;
      default -> false;
    };
  }

  /**
   * Whether it is no JSON-RPC request but the GET of an event stream: its answer is the head, or
   * with HTTP+SSE (2024-11-05) the first event.
   */
  public boolean isStream() {
    return method.equals(STREAM);
  }

  /** Whether it is no request but a notification, which was answered with an error all the same. */
  public boolean isNotification() {
    return method.startsWith("notifications/");
  }

  /** Whether it is answered at once by a server in good health: it does no work of the user's. */
  public boolean isQuick() {
    return isQuick(method);
  }

  /** Whether a request with this method does no work of the user's. */
  public static boolean isQuick(String method) {
    return method.equals(STREAM)
        || method.equals("initialize")
        || method.equals("ping")
        || method.equals("server/discover")
        || method.equals("logging/setLevel")
        || method.endsWith("/list");
  }

  /** Whether it was answered by a result that is a tool's error. */
  public boolean isToolError() {
    return answer != null && answer.toolError();
  }

  /** The code of the error that answered it; 0 where there is none. */
  public int errorCode() {
    Integer code = answer == null ? null : answer.errorCode();
    return code == null ? 0 : code;
  }

  /** What the answer says of a failure, the message and its details; empty where there is none. */
  public String said() {
    if (answer == null) {
      return complaint == null ? "" : complaint.words();
    }
    String message = answer.errorMessage() == null ? "" : answer.errorMessage();
    return message.isEmpty() || answer.details().isEmpty()
        ? message + answer.details()
        : message + " " + answer.details();
  }

  /** {@code tools/list}, or {@code tools/call of "add"}. */
  public String inWords() {
    return tool == null ? method : method + " of \"" + tool + "\"";
  }

  /** What was said is left out: it may hold a secret. */
  @Override
  public String toString() {
    return method + " " + end.label() + " after " + took.toMillis() + " ms";
  }
}
