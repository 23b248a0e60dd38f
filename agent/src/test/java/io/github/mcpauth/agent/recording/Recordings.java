package io.github.mcpauth.agent.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Logs that the agent wrote while the demo ran, one for each of its messages. */
public final class Recordings {

  public static final List<String> ALL =
      List.of(
          "header-limit", "no-hint", "forbidden", "reconnect", "reconnect-fixed", "no-hint-fixed");

  /** A host that was refused for want of a hint, and found its way with the fix. */
  public static final String GOOD = "no-hint-fixed";

  public static Path log(String name) {
    return Path.of("src/test/resources/recordings", name + ".jsonl");
  }

  public static Recording read(Path... logs) throws IOException {
    return read(Limits.DEFAULT, logs);
  }

  public static Recording read(Limits limits, Path... logs) throws IOException {
    return new RecordingReader(limits).read(LogSet.of(List.of(logs)));
  }

  private Recordings() {}
}
