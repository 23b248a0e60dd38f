package io.github.mcpauth.agent.recording;

/**
 * How much of a recording is kept in memory; what is beyond is counted.
 *
 * @param exchanges per run, with those that findings point to first
 * @param messages per exchange
 * @param findings per run
 * @param states per server
 * @param servers per run
 * @param runs of all
 * @param characters of heads and bodies per run
 */
public record Limits(
    int exchanges, int messages, int findings, int states, int servers, int runs, long characters) {

  /** For people to look at. */
  public static final Limits DEFAULT = new Limits(2000, 40, 500, 100, 100, 50, 8L << 20);

  /** No exchanges: for what is judged by findings alone. */
  public static final Limits FINDINGS_ONLY = new Limits(0, 0, 10_000, 100, 1000, 1000, 0);
}
