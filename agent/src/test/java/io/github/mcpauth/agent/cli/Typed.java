package io.github.mcpauth.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What came of a command that was typed, on a terminal whose locale knows ASCII only. */
public record Typed(int exit, String out, String err) {

  /** In a pipe. */
  public static Typed command(String... words) {
    return in(Map.of(), words);
  }

  /** On a terminal of 80 columns, without colours. */
  static Typed onEightyColumns(String... words) {
    return in(Map.of("COLUMNS", "80"), words);
  }

  private static Typed in(Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            words,
            new PrintStream(out, true, StandardCharsets.US_ASCII),
            new PrintStream(err, true, StandardCharsets.US_ASCII),
            environment);
    return new Typed(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public List<String> lines() {
    return out.lines().toList();
  }
}
