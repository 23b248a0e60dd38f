package io.github.mcpauth.rules.finding;

/** What sets a rule apart from most others, where the engine has to know of it. */
public enum Trait {
  /** Also sees MCP exchanges that go well as far as they got: no failure, a status below 300. */
  SEES_PLAIN_EXCHANGES,
  /** A person should know of it whatever else is wrong: never a consequence, never a cause. */
  INDEPENDENT,
  /** Every other finding about the server explains it. */
  FOLLOWS_FROM_ANY,
  /** Its cause may pass by itself, as far as status or failure say so too. */
  PASSING,
  /** It finds an answer with a status of success to be none. */
  SUCCESS_IS_NONE
}
