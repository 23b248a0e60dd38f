package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files: rolled by size, readable by their owner only, each line on a line of its own. */
class LogFileTest {

  private static final long PID = 4711;

  private final Path folder;

  LogFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static LogFile open(Path log, long maxSize, int maxFiles) throws IOException {
    return LogFile.open(log, maxSize, maxFiles, PID);
  }

  private static String line(int number) {
    return "{\"event.name\":\"agent.gap\",\"mcpauth.run.id\":\"r\",\"mcpauth.seq\":" + number + "}";
  }

  @Test
  void rolledFilesAreAsPrivateAsTheFirstAndNoMoreThanAsked() throws IOException {
    assumeTrue(FileOwner.POSIX);
    Path log = folder.resolve("new (100%)/deep/x.jsonl");
    try (LogFile file = open(log, 1000, 25)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(file.write(line(i))).isNull();
      }
    }
    try (Stream<Path> files = Files.list(log.getParent())) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(25);
      for (Path file : all) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(permissions).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).allMatch(line -> LogReader.line(line) != null);
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(log)).contains("\"mcpauth.seq\":999}");
  }

  @Test
  void aLogOfAnEarlierRunIsContinuedOnALineOfItsOwn() throws IOException {
    Path log = Files.writeString(folder.resolve("x.jsonl"), line(0) + "\n{\"event.na");
    try (LogFile file = open(log, 1000, 3)) {
      assertThat(file.write(line(1))).isNull();
    }
    List<LogLine> lines = new ArrayList<>();
    assertThat(LogReader.read(log, lines::add)).isEqualTo(1);
    assertThat(lines).extracting(each -> each.text(Field.SEQ)).containsExactly("0", "1");
    if (FileOwner.POSIX) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whatIsNoLogOfOursIsLeftAlone() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "remember the milk\n");
    assertThatThrownBy(() -> open(notes, 1000, 3)).hasMessageContaining("no log of this agent");
    Path directory = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> open(directory, 1000, 3)).hasMessageContaining("a folder");
    Path other = Files.writeString(folder.resolve("x.1.jsonl"), "not ours");
    try (LogFile file = open(folder.resolve("x.jsonl"), 100, 3)) {
      for (int i = 0; i < 10; i++) {
        assertThat(file.write(line(i))).isNull();
      }
    }
    assertThat(notes).hasContent("remember the milk");
    assertThat(other).hasContent("not ours");
    assertThat(Files.readAllLines(folder.resolve("x.jsonl"))).hasSize(10);
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    assumeTrue(FileOwner.POSIX);
    Path target = Files.writeString(folder.resolve("target.jsonl"), line(0) + "\n");
    Path symbolic = Files.createSymbolicLink(folder.resolve("soft.jsonl"), target);
    Path dangling =
        Files.createSymbolicLink(folder.resolve("new.jsonl"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> open(symbolic, 1000, 3)).hasMessageContaining("symbolic link");
    assertThatThrownBy(() -> open(dangling, 1000, 3)).hasMessageContaining("symbolic link");
    Files.createLink(folder.resolve("hard.jsonl"), target);
    assertThatThrownBy(() -> open(folder.resolve("hard.jsonl"), 1000, 3))
        .hasMessageContaining("hard link");
    assertThat(target).hasContent(line(0));
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void aFolderThatOthersMayWriteIsRefusedUnlessItIsSticky() throws Exception {
    assumeTrue(FileOwner.POSIX);
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Path below = Files.createDirectory(shared.resolve("below"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> open(shared.resolve("x.jsonl"), 1000, 3))
        .hasMessageContaining("other users may write to the folder");
    assertThatThrownBy(() -> open(below.resolve("x.jsonl"), 1000, 3))
        .hasMessageContaining("other users may write to the folder");
    assertThat(new ProcessBuilder("chmod", "1777", shared.toString()).start().waitFor()).isZero();
    try (LogFile file = open(shared.resolve("x.jsonl"), 1000, 3)) {
      assertThat(file.write(line(0))).isNull();
    }
    assertThat(shared.resolve("x.jsonl")).hasContent(line(0));
  }

  /** Also by root, to whom no file is closed: whoever made it reads it. */
  @Test
  void aFileThatAStrangerMadeIsRefused() throws Exception {
    Path log = Files.createFile(folder.resolve("x.jsonl"));
    assumeTrue(new ProcessBuilder("chown", "nobody", log.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> open(log, 1000, 3)).hasMessageContaining("another user's");
    assertThat(log).isEmptyFile();
  }

  @Test
  void whatMakesItsWriterWaitIsRefused() throws Exception {
    Path pipe = folder.resolve("x.jsonl");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> open(pipe, 1000, 3)).hasMessageContaining("it is a pipe");
  }

  @Test
  void aLinkOnTheWayThatOthersMayReplaceIsRefused() throws Exception {
    assumeTrue(FileOwner.POSIX);
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.createSymbolicLink(shared.resolve("way"), Path.of("../own"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("shared/way"));
    try (LogFile file = open(link.resolve("x.jsonl"), 1000, 3)) {
      assertThat(file.write(line(0))).isNull();
    }
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (String way : List.of("shared/way", "link", "shared/../own")) {
      assertThatThrownBy(() -> open(folder.resolve(way).resolve("x.jsonl"), 1000, 3))
          .as(way)
          .hasMessageContaining("other users may write to the folder");
    }
    try (LogFile file = open(own.resolve("x.jsonl"), 1000, 3)) {
      assertThat(file.write(line(1))).isNull();
    }
  }

  @Test
  void aLogThatIsDeletedOrMovedGoesOnUnderItsOldName() throws IOException {
    Path log = folder.resolve("logs/x.jsonl");
    Path moved = folder.resolve("moved.jsonl");
    try (LogFile file = open(log, 300, 2)) {
      assertThat(file.write(line(0))).isNull();
      Files.delete(log);
      assertThat(file.write(line(1))).isNull();
      assertThat(file.takeElsewhere()).isEqualTo(1);
      assertThat(file.takeElsewhere()).isZero();
      assertThat(log).hasContent(line(1));
      Files.move(log, moved);
      assertThat(file.write(line(2))).isNull();
      assertThat(log).hasContent(line(2));
      Files.delete(log);
      Files.delete(log.getParent());
      for (int i = 3; i < 12; i++) {
        assertThat(file.write(line(i))).isNull();
      }
    }
    assertThat(moved).hasContent(line(1));
    assertThat(log.resolveSibling("x.1.jsonl")).exists(); // It is rolled, too.
    assertThat(Files.readString(log)).endsWith(line(11) + "\n");
  }

  @Test
  void aLogThatIsCutGoesOnInWholeLinesAndCountsWhatItLost() throws IOException {
    Path log = folder.resolve("x.jsonl");
    try (LogFile file = open(log, 10_000, 2)) {
      assertThat(file.write(line(0))).isNull();
      cut(log, 0);
      assertThat(file.write(line(1))).isNull();
      assertThat(log).hasContent(line(1));
      assertThat(file.takeElsewhere()).isEqualTo(1);
      assertThat(file.write(line(2))).isNull();
      assertThat(file.takeElsewhere()).isZero();
      cut(log, 7);
      assertThat(file.write(line(3))).isNull();
      assertThat(file.takeElsewhere()).isEqualTo(2);
      assertThat(log).hasContent(line(1).substring(0, 7) + "\n" + line(3));
    }
    assertThat(LogReader.isLog(log)).isTrue(); // So it is rolled, and continued by the next run.
  }

  private static void cut(Path log, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void aLogThatIsInUseIsNotTouchedByAnother() throws IOException {
    Path log = folder.resolve("x.jsonl");
    try (LogFile one = open(log, 300, 2);
        LogFile two = open(log, 300, 2)) {
      assertThat(two.path()).isEqualTo(folder.resolve("x-4711.jsonl"));
      assertThat(one.write(line(0))).isNull();
      for (int i = 0; i < 100; i++) {
        assertThat(two.write(line(i))).isNull();
      }
      assertThat(log).hasContent(line(0));
    }
  }

  @Test
  void aLineThatAFullDiskDoesNotTakeIsReturnedAsLost() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (LogFile file = open(full, 1000, 3)) {
      assertThat(file.write("line")).isInstanceOf(IOException.class);
      assertThat(file.write("line")).isInstanceOf(IOException.class);
    }
    try (LogFile file = open(folder.resolve("x.jsonl"), 1000, 3)) {
      assertThat(file.write("line")).isNull();
    }
  }

  @Test
  void aLogThatWasAwayAfterARotationComesBack() throws IOException {
    Path log = folder.resolve("x.jsonl");
    try (LogFile file = open(log, 10, 1)) {
      assertThat(file.write(line(0))).isNull();
      Files.delete(log);
      Files.createFile(Files.createDirectory(log).resolve("in the way"));
      assertThat(file.write(line(1))).isInstanceOf(IOException.class);
      assertThat(file.write(line(2))).isInstanceOf(IOException.class);
      Files.delete(log.resolve("in the way"));
      Files.delete(log);
      assertThat(file.write(line(3))).isNull();
    }
    assertThat(log).hasContent(line(3));
  }
}
