package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files: rotated by size, readable by their owner only, each line on a line of its own. */
class LogFileTest {

  private final Path folder;

  LogFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void rotatedFilesAreAsPrivateAsTheFirstAndNoMoreThanAsked() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path log = folder.resolve("new/deep/x.jsonl");
    try (LogFile file = new LogFile(log, 1000, 3)) {
      for (int i = 0; i < 200; i++) {
        file.write("{\"line\":" + i + ",\"filler\":\"" + "x".repeat(50) + "\"}");
      }
    }
    try (Stream<Path> files = Files.list(log.getParent())) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(3);
      for (Path file : all) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(permissions).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).allMatch(line -> line.matches("\\{\"line\":.*}"));
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(log)).contains("{\"line\":199,");
  }

  @Test
  void aFolderInThePlaceOfTheFileIsAnErrorAndNothingElse() throws IOException {
    Path log = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> new LogFile(log, 1000, 3)).isInstanceOf(IOException.class);
  }

  @Test
  void aLineThatAFullDiskDoesNotTakeIsReturnedAsLost() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (LogFile file = new LogFile(full, 1000, 3)) {
      assertThat(file.write("line")).isInstanceOf(IOException.class);
      assertThat(file.write("line")).isInstanceOf(IOException.class);
    }
    try (LogFile file = new LogFile(folder.resolve("x.jsonl"), 1000, 3)) {
      assertThat(file.write("line")).isNull();
    }
  }

  @Test
  void aLogThatWasAwayAfterARotationComesBack() throws IOException {
    Path log = folder.resolve("x.jsonl");
    try (LogFile file = new LogFile(log, 10, 1)) {
      assertThat(file.write("the first, long enough")).isNull();
      Files.delete(log);
      Files.createFile(Files.createDirectory(log).resolve("in the way"));
      assertThat(file.write("lost")).isInstanceOf(IOException.class);
      assertThat(file.write("lost")).isInstanceOf(IOException.class);
      Files.delete(log.resolve("in the way"));
      Files.delete(log);
      assertThat(file.write("back")).isNull();
    }
    assertThat(log).hasContent("back");
  }
}
