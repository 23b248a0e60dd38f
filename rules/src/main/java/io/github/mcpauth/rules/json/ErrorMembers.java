package io.github.mcpauth.rules.json;

import java.util.List;
import java.util.Set;

/**
 * The members in which answers of success and of error say what is wrong: of RFC 6749 §5.2, RFC
 * 9457, JSON-RPC 2.0 §5.1, and of servers that follow none of them. They hold words for people, so
 * what is in them may be quoted.
 */
public final class ErrorMembers {

  /** Words for people, the more telling ones first. */
  public static final List<String> WORDS =
      List.of(
          "error_description",
          "errorDescription",
          "error_message",
          "errorMessage",
          "errorSummary",
          "detail",
          "message",
          "Message",
          "msg",
          "description",
          "reason",
          "title",
          "details",
          "error_summary",
          "err",
          "hint",
          "faultstring",
          "error_msg", // APISIX
          "ErrorMessage"); // Alibaba Cloud

  /** Names of an error. */
  public static final List<String> CODES =
      List.of("error", "errorCode", "error_code", "code", "__type");

  /** What an error with members of its own stands under. */
  public static final List<String> NESTED =
      List.of("error", "errors", "err", "fault", "detail", "Error");

  /** A code may be that of a grant as well: whether it is shown depends on what it looks like. */
  private static final Set<String> OTHERWISE_A_SECRET = Set.of("code");

  /** Whether a member with this name holds nothing else. */
  public static boolean isOne(String name) {
    boolean one = WORDS.contains(name) || CODES.contains(name) || NESTED.contains(name);
    return one && !OTHERWISE_A_SECRET.contains(name);
  }

  private ErrorMembers() {}
}
