package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Letters;

/**
 * What servers say when they do not take a session. The word alone says nothing in a 500: databases
 * ("could not initialize proxy - no Session"), browsers ("invalid session id") and the services
 * behind a tool ("Session expired or invalid") have sessions, too. Each word of a text is looked at
 * a bounded number of times, whatever a peer writes.
 */
final class SessionWords {

  private static final String SESSION = "session";
  private static final int LONGEST_ALTERNATIVE = 12;
  private static final int LONGEST_REST = 60;

  /** Before the word: {@code unknown session}, {@code missing or invalid MCP session}. */
  private static final String[] BEFORE = {
    "unknown", "missing", "wrong", "invalid", "expired", "no valid", "no such", "no active"
  };

  /** Behind it: {@code session 4f2a was not found}. */
  private static final String[] VERBS = {"", "is ", "was ", "has ", "has been "};

  private static final String[] BEHIND = {
    "not found",
    "not valid",
    "missing",
    "required",
    "unknown",
    "expired",
    "invalid",
    "terminated",
    "does not exist"
  };

  /** How a message may begin before it says so. */
  private static final String[] INTRODUCTIONS = {"bad request", "error"};

  private static final String[] FIRST_BEFORE = {"unknown", "missing", "wrong"};
  private static final String[] FIRST_BEFORE_ID = {"no valid", "no", "missing"};
  private static final String[] FIRST_VERBS = {"", "is "};
  private static final String[] FIRST_BEHIND = {
    "not found", "missing", "required", "unknown", "does not exist"
  };

  /** Whether a text, in lower case, speaks of a session that is not taken. */
  static boolean refuse(String text) {
    for (int at = text.indexOf(SESSION); at >= 0; at = text.indexOf(SESSION, at + 1)) {
      int end = at + SESSION.length();
      if (Letters.isEdge(text, end) && isRefusedBefore(text, at)) {
        return true;
      }
      if (Letters.isEdge(text, at)
          && (isId(text, end) || refusedBehind(text, end, VERBS, BEHIND) >= 0)) {
        return true;
      }
      boolean forId = text.startsWith("id", end) && Letters.isEdge(text, end + 2);
      if (forId && endsInWord(text, at, "for ")) {
        return true;
      }
    }
    return isNoSession(text);
  }

  /**
   * Whether a message, in lower case, says this and nothing else: only what the transport itself
   * says, and nothing before it that might have been run.
   */
  static boolean onlyRefuse(String message) {
    String text = message.strip();
    int start = introductionEnd(text);
    int end = start < 0 ? -1 : refusalEnd(text, start);
    return end >= 0 && text.length() - end <= LONGEST_REST && text.indexOf('\n', end) < 0;
  }

  /** {@code no session}, between what is no letter or digit. */
  private static boolean isNoSession(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && !isAscii(text.charAt(start))) {
      start++;
    }
    while (end > start && !isAscii(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end).equals("no session");
  }

  private static boolean isAscii(char c) {
    return c < 128 && Letters.isPart(c);
  }

  /** Whether what ends there refuses the session that follows, with {@code mcp} between or not. */
  private static boolean isRefusedBefore(String text, int session) {
    int end = session - 1;
    if (end < 0 || " -".indexOf(text.charAt(end)) < 0) {
      return false;
    }
    return endsInRefusal(text, end)
        || text.startsWith(" mcp", end - 4) && endsInRefusal(text, end - 4);
  }

  private static boolean endsInRefusal(String text, int end) {
    return endsInOne(text, end) || endsInOne(text, beforeAlternative(text, end));
  }

  private static boolean endsInOne(String text, int end) {
    for (String each : BEFORE) {
      if (endsInWord(text, end, each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInWord(String text, int end, String word) {
    int start = end - word.length();
    return start >= 0 && text.startsWith(word, start) && Letters.isEdge(text, start);
  }

  /** Before {@code or expired}, if that is what ends there; else -1. */
  private static int beforeAlternative(String text, int end) {
    int start = end;
    while (start > 0 && end - start <= LONGEST_ALTERNATIVE && isAscii(text.charAt(start - 1))) {
      start--;
    }
    boolean word = start < end && end - start <= LONGEST_ALTERNATIVE;
    return word && text.startsWith(" or ", start - 4) ? start - 4 : -1;
  }

  private static boolean isId(String text, int at) {
    int end = idEnd(text, at);
    return end > at + 2 && Letters.isEdge(text, end);
  }

  /** Behind {@code id}, {@code -id} or {@code id}; that index where there is none. */
  private static int idEnd(String text, int at) {
    int id = at < text.length() && " -".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
    return text.startsWith("id", id) ? id + 2 : at;
  }

  /** Behind what says that the session, whose word ends there, is not taken; -1 where none does. */
  private static int refusedBehind(String text, int at, String[] verbs, String[] states) {
    int id = idEnd(text, at);
    int end = id > at ? behindName(text, id, verbs, states) : -1;
    return end >= 0 ? end : behindName(text, at, verbs, states);
  }

  private static int behindName(String text, int at, String[] verbs, String[] states) {
    int with =
        text.startsWith(" with id", at) ? at + 8 : text.startsWith(" for id", at) ? at + 7 : at;
    for (int from : with > at ? new int[] {with, at} : new int[] {at}) {
      int value = valueEnd(text, from);
      int end = value < 0 ? -1 : stateEnd(text, value, verbs, states);
      end = end < 0 ? stateEnd(text, from, verbs, states) : end;
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  /** Behind the session's id, quoted or not, which has a digit; -1 where there is none. */
  private static int valueEnd(String text, int from) {
    int at = from;
    while (at < text.length() && " :".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == from) {
      return -1;
    }
    at += at < text.length() && "\"'([".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
    boolean digit = false;
    while (at < text.length() && (isAscii(text.charAt(at)) || text.charAt(at) == '-')) {
      digit |= text.charAt(at) >= '0' && text.charAt(at) <= '9';
      at++;
    }
    return !digit ? -1 : at < text.length() && "\"')]".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
  }

  private static int stateEnd(String text, int from, String[] verbs, String[] states) {
    int at = from < text.length() && text.charAt(from) == ':' ? from + 1 : from;
    if (at >= text.length() || text.charAt(at) != ' ') {
      return -1;
    }
    for (String verb : verbs) {
      for (String state : states) {
        int start = at + 1 + verb.length();
        int end = start + state.length();
        if (text.startsWith(verb, at + 1)
            && text.startsWith(state, start)
            && Letters.isEdge(text, end)) {
          return end;
        }
      }
    }
    return -1;
  }

  /** Behind {@code Bad Request: }, or 0. */
  private static int introductionEnd(String text) {
    for (String each : INTRODUCTIONS) {
      if (text.startsWith(each)) {
        int at = each.length();
        at += at < text.length() && ":,.-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        return at;
      }
    }
    return 0;
  }

  /** Behind what refuses a session there, in one of the ways of transports; -1 where none does. */
  private static int refusalEnd(String text, int start) {
    for (String each : FIRST_BEFORE) {
      int at = mcpEnd(text, start, each, "");
      int end = at + SESSION.length();
      if (at >= 0 && text.startsWith(SESSION, at) && Letters.isEdge(text, end)) {
        return end;
      }
    }
    for (String each : FIRST_BEFORE_ID) {
      int at = mcpEnd(text, start, each, "-");
      int end = at < 0 || !text.startsWith(SESSION, at) ? -1 : at + SESSION.length();
      if (end >= 0 && idEnd(text, end) > end && Letters.isEdge(text, idEnd(text, end))) {
        return idEnd(text, end);
      }
    }
    if (text.startsWith("no session", start) && isNoSession(text.substring(start))) {
      return text.length();
    }
    boolean mcp = text.startsWith("mcp ", start) || text.startsWith("mcp-", start);
    int at = mcp ? start + 4 : start;
    return text.startsWith(SESSION, at)
        ? refusedBehind(text, at + SESSION.length(), FIRST_VERBS, FIRST_BEHIND)
        : -1;
  }

  /**
   * Behind a word, a space, and {@code mcp} if that follows; -1 where the word is not there.
   *
   * @param joint what may be behind {@code mcp} but for a space; or nothing
   */
  private static int mcpEnd(String text, int start, String word, String joint) {
    int at = start + word.length();
    if (!text.startsWith(word, start) || at >= text.length() || text.charAt(at) != ' ') {
      return -1;
    }
    boolean mcp = text.startsWith("mcp ", at + 1);
    boolean joined = !joint.isEmpty() && text.startsWith("mcp" + joint, at + 1);
    return mcp || joined ? at + 5 : at + 1;
  }

  private SessionWords() {}
}
