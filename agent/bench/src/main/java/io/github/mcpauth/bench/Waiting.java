package io.github.mcpauth.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that waits for its turns: a line on its stdin is one, which it answers in a line. */
final class Waiting {

  private final Process process;
  private final BufferedReader out;

  Waiting(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The numbers that it printed of a turn. */
  List<Double> turn(String line) throws IOException {
    begin(line);
    return printed();
  }

  /** A turn begins. */
  void begin(String line) throws IOException {
    process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The numbers that it printed of the turn that began, once that is over. */
  List<Double> printed() throws IOException {
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("the program ended in its turn");
    }
    return Runner.numbers(answer);
  }

  /** There are no more turns: it ends. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }
}
