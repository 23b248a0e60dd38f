package io.github.mcpauth.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that grows, is rolled away, or is cut is read once and in order. */
class GrowingFileTest {

  private final Path folder;

  GrowingFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsAddedComesWhetherOrNotTheFileIsRolledAway() throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), "one\n");
    Deque<Runnable> events =
        new ArrayDeque<>(
            List.of(
                () -> append(file, "two\n"),
                () -> {
                  append(file, "three\n");
                  move(file, folder.resolve("x.1.jsonl"));
                },
                () -> append(file, "four\n"),
                () -> append(file, "five\n")));
    try (GrowingFile growing =
        new GrowingFile(
            file,
            () -> {
              Runnable next = events.poll();
              if (next != null) {
                next.run();
              }
              return next != null;
            })) {
      assertThat(new String(growing.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("one\ntwo\nthree\nfour\nfive\n");
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
