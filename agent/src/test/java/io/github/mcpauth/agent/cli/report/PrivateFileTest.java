package io.github.mcpauth.agent.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is its owner's alone, also where something lies in its place already. */
class PrivateFileTest {

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private static void write(Path file) throws IOException {
    PrivateFile.write(file, out -> out.write("report"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Path old() throws IOException {
    Path old = Files.writeString(folder.resolve("old.html"), "what others may read");
    return Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @Test
  void whatIsThereIsReplacedModeAndAll() throws IOException {
    Path old = old();
    write(old);
    assertThat(old).hasContent("report");
    assertThat(mode(old)).isEqualTo("rw-------");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path old = old();
    Path link = Files.createSymbolicLink(folder.resolve("report.html"), old);
    assertThatThrownBy(() -> write(link)).hasMessageContaining("is a link");
    assertThat(old).hasContent("what others may read");
    Path nowhere = Files.createSymbolicLink(folder.resolve("x"), folder.resolve("made-by-it"));
    assertThatThrownBy(() -> write(nowhere)).hasMessageContaining("is a link");
    assertThat(folder.resolve("made-by-it")).doesNotExist();
  }

  @Test
  void whatHasAnotherNameAsWellKeepsItUnderThat() throws IOException {
    Path old = old();
    Path same = Files.createLink(folder.resolve("report.html"), old);
    write(same);
    assertThat(same).hasContent("report");
    assertThat(old).hasContent("what others may read");
  }

  @Test
  void whatCannotBeWrittenToItsEndIsAsItWas() throws IOException {
    Path old = old();
    assertThatThrownBy(
            () ->
                PrivateFile.write(
                    old,
                    out -> {
                      out.write("half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(old).hasContent("what others may read");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(old);
    }
    assertThatThrownBy(() -> write(folder)).hasMessageContaining("is a folder");
  }

  @Test
  void aDeviceTakesIt() throws IOException {
    write(Path.of("/dev/null"));
    assertThat(Path.of("/dev/null")).exists();
  }

  @Test
  void aPipeThatAStrangerMadeDoesNot() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assumeTrue(new ProcessBuilder("chown", "nobody", pipe.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> write(pipe)).hasMessageContaining("another user's");
  }
}
