package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only another process can show: a disk that fills in the middle of a line, a second JVM. */
class LogOutputTest {

  private final Path folder;

  LogOutputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Writes lines of 100 bytes: {@code <log> <how many>}; prints how many were taken. */
  static final class Writer {
    public static void main(String[] args) throws IOException {
      int taken = 0;
      try (LogFile file =
          LogFile.open(Path.of(args[0]), 1 << 20, 5, ProcessHandle.current().pid())) {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
          taken += file.write(line(i)) == null ? 1 : 0;
        }
      }
      System.out.println(taken);
    }
  }

  private static String line(int number) {
    String start = "{\"event.name\":\"agent.gap\",\"mcpauth.run.id\":\"r\",\"mcpauth.seq\":";
    return start + number + ",\"x\":\"" + "x".repeat(91 - start.length() - 3) + "\"}";
  }

  @Test
  void aDiskThatFillsInTheMiddleOfALineLeavesWholeLines() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash to limit the size of a file");
    Path log = folder.resolve("x.jsonl");
    int taken = Integer.parseInt(fork("ulimit -f 2; ", log, 100)); // Blocks of 1024 bytes.
    assertThat(taken).isBetween(10, 30);
    assertThat(Files.readString(log)).endsWith("}\n");
    List<LogLine> lines = new ArrayList<>();
    assertThat(LogReader.read(log, lines::add)).isZero();
    assertThat(lines).hasSize(taken);
    assertThat(fork("", log, 5)).isEqualTo("5"); // There is room again.
    assertThat(LogReader.read(log, lines::add)).isZero();
  }

  @Test
  void aSecondProcessWritesBesideTheFirst() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
    Path log = folder.resolve("x.jsonl");
    try (LogFile file = LogFile.open(log, 300, 2, ProcessHandle.current().pid())) {
      assertThat(file.write(line(0))).isNull();
      assertThat(fork("", log, 50)).isEqualTo("50");
      assertThat(log).hasContent(line(0));
      assertThat(file.write(line(1))).isNull();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .hasSize(2)
          .anyMatch(name -> name.matches("x-\\d+\\.jsonl"));
    }
  }

  private static String fork(String before, Path log, int lines) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command = before + "exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\" " + lines;
    Process process =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                command,
                java,
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                log.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
