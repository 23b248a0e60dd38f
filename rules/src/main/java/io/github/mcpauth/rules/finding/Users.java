package io.github.mcpauth.rules.finding;

/** How many users a process acts for, as far as the person who runs it has said ({@code users}). */
public enum Users {
  /** A server-side host acts for many: only a request's own credential says for whom. */
  SEVERAL,
  /** A desktop host acts for the one who started it. */
  ONE
}
