package io.github.mcpauth.rules.reading;

import java.util.regex.Pattern;

/**
 * What servers say when they do not take a session. The word alone says nothing in a 500: databases
 * ("could not initialize proxy - no Session"), browsers ("invalid session id") and the services
 * behind a tool ("Session expired or invalid") have sessions, too.
 */
final class SessionWords {

  private static final String ID = "(?:[ :]+[\"'(\\[]?[\\w-]*\\d[\\w-]*[\"')\\]]?)?";

  private static final Pattern REFUSED =
      Pattern.compile(
          "\\b(?:unknown|missing|wrong|invalid|expired|no valid|no such|no active)"
              + "(?: or \\w{1,12})?(?: mcp)?[ -]session\\b"
              + "|\\bsession(?:[ -]?id)?(?: with id| for id)?"
              + ID
              + ":? (?:(?:is|was|has|has been) )?(?:not found|not valid|missing|required|unknown"
              + "|expired|invalid|terminated|does not exist)\\b"
              + "|\\bsession[ -]id\\b|\\bfor sessionid\\b|^\\W*no session\\W*$");

  /** Only what the transport itself says, and nothing before it that might have been run. */
  private static final Pattern FIRST =
      Pattern.compile(
          "^(?:(?:bad request|error)[:,.-]? *)?"
              + "(?:(?:unknown|missing|wrong) (?:mcp )?session\\b"
              + "|(?:no valid|no|missing) (?:mcp[ -])?session[ -]?id\\b|no session\\W*$"
              + "|(?:mcp[ -])?session(?:[ -]?id)?(?: with id| for id)?"
              + ID
              + ":? (?:is )?(?:not found|missing|required|unknown|does not exist)\\b)"
              + "[^\\n]{0,60}$");

  /** Whether a text, in lower case, speaks of a session that is not taken. */
  static boolean refuse(String text) {
    return REFUSED.matcher(text).find();
  }

  /** Whether a message, in lower case, says this and nothing else. */
  static boolean onlyRefuse(String message) {
    return FIRST.matcher(message.strip()).find();
  }

  private SessionWords() {}
}
