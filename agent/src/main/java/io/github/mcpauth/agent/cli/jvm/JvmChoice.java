package io.github.mcpauth.agent.cli.jvm;

import io.github.mcpauth.agent.cli.terminal.Terminal;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which JVM a command is about. */
final class JvmChoice {

  @Parameters(
      paramLabel = "<pid or name>",
      arity = "0..1",
      description = "The JVM. Default: lists all.")
  private @Nullable String target;

  /** The number of the one that was named; empty where none was, and all are listed. */
  OptionalLong find(Terminal terminal) throws IOException {
    Jvms jvms = new Jvms(terminal);
    if (target == null) {
      jvms.list();
      return OptionalLong.empty();
    }
    return OptionalLong.of(jvms.find(target));
  }
}
