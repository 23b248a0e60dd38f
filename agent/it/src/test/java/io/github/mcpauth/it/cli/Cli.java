package io.github.mcpauth.it.cli;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.nio.file.Path;

/** Runs commands of the packaged jar as processes of their own, without a terminal. */
record Cli(Path folder) {

  /** A command on a terminal of 80 columns, as far as the environment tells. */
  ForkedJvm.Run run(String... words) {
    return jvm(words).run();
  }

  ForkedJvm jvm(String... words) {
    return ForkedJvm.in(folder)
        .withoutAgent()
        .env("COLUMNS", "80")
        .jvm("-jar", ForkedJvm.AGENT.toString())
        .jvm(words);
  }
}
