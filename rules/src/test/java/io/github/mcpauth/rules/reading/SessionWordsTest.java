package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what these patterns say, without going back in the text as a pattern does. */
class SessionWordsTest {

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

  private static final Pattern ONLY =
      Pattern.compile(
          "^(?:(?:bad request|error)[:,.-]? *)?"
              + "(?:(?:unknown|missing|wrong) (?:mcp )?session\\b"
              + "|(?:no valid|no|missing) (?:mcp[ -])?session[ -]?id\\b|no session\\W*$"
              + "|(?:mcp[ -])?session(?:[ -]?id)?(?: with id| for id)?"
              + ID
              + ":? (?:is )?(?:not found|missing|required|unknown|does not exist)\\b)"
              + "[^\\n]{0,60}$");

  private static final Pattern UNAUTHORIZED =
      Pattern.compile(
          "\\b(?:http|status|status code|error|code)[ :=(]*401\\b|\\b401[: )-]*unauthorized");

  private static final String[] PIECES = {
    "session",
    " session",
    "session ",
    "sessionid",
    "unknown",
    "missing",
    "wrong",
    "invalid",
    "expired",
    "no valid",
    "no such",
    "no active",
    "no",
    " or ",
    " mcp",
    "mcp ",
    "mcp-",
    " ",
    "-",
    ":",
    "id",
    " id",
    "-id",
    " with id",
    " for id",
    "for ",
    "\"",
    "'",
    "(",
    "[",
    "]",
    ")",
    "4",
    "a4f",
    "x-1",
    "is ",
    "was ",
    "has ",
    "has been ",
    "not found",
    "not valid",
    "required",
    "terminated",
    "does not exist",
    "bad request",
    "error",
    ". ",
    ", ",
    "\n",
    "x",
    "_",
    "!",
    "the server said that it",
    "401",
    "http",
    "status",
    "status code",
    "code",
    "unauthorized",
    "="
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session not found",
        "invalid or expired mcp session",
        "session id 4f-2a has been terminated",
        "bad request: no valid session id provided",
        "session with id \"x-17\": does not exist",
        "-- no session --"
      })
  void sessionsThatAreRefused(String text) {
    assertThat(SessionWords.refuse(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "could not initialize proxy - no session",
        "the session went well",
        "obsession not found",
        "a session of 4 hours is not what was found"
      })
  void sessionsThatAreNot(String text) {
    assertThat(SessionWords.refuse(text)).isFalse();
  }

  @Test
  void whatIsReadIsWhatThePatternsSay() {
    Random random = new Random(14);
    int[] found = new int[3];
    for (int i = 0; i < 60_000; i++) {
      String text = text(random);
      found[0] += same(text, REFUSED, SessionWords::refuse);
      found[1] += same(text.strip(), ONLY, SessionWords::onlyRefuse);
      found[2] += same(text, UNAUTHORIZED, LoginWords::saysUnauthorized);
    }
    assertThat(Arrays.stream(found)).allMatch(times -> times > 100);
  }

  private static int same(String text, Pattern pattern, Predicate<String> read) {
    boolean expected = pattern.matcher(text).find();
    assertThat(read.test(text)).as(text).isEqualTo(expected);
    return expected ? 1 : 0;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? " " : "");
    }
    return text.toString();
  }
}
