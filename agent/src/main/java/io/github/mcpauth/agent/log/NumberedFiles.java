package io.github.mcpauth.agent.log;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Logback's rolling policy for names that users choose: {@code x.jsonl} becomes {@code x.1.jsonl},
 * and so on; the oldest goes. Its own reads the path as a pattern, in which a parenthesis or a
 * percent sign is no letter, and keeps at most 20 files. Files are renamed, never copied, so they
 * keep their permissions; what is no log is left alone.
 */
final class NumberedFiles extends RollingPolicyBase {

  private final Path file;
  private final int maxFiles;

  /**
   * @param maxFiles how many there are at most, with the one that is written
   */
  NumberedFiles(Path file, int maxFiles) {
    this.file = file;
    this.maxFiles = maxFiles;
  }

  /**
   * Renames what is there.
   *
   * @throws RolloverFailure where that fails; the file then goes on to grow
   */
  @Override
  public void rollover() {
    try {
      for (int i = 1; i < maxFiles; i++) {
        Path numbered = numbered(i);
        if (Files.exists(numbered, LinkOption.NOFOLLOW_LINKS) && !isOurs(numbered)) {
          throw new RolloverFailure(numbered + " is no log of this agent");
        }
      }
      Files.deleteIfExists(numbered(maxFiles - 1));
      for (int i = maxFiles - 2; i >= 0; i--) {
        if (Files.exists(numbered(i), LinkOption.NOFOLLOW_LINKS)) {
          Files.move(numbered(i), numbered(i + 1), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new RolloverFailure("renaming failed", e);
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && LogReader.isLog(file);
  }

  @Override
  public String getActiveFileName() {
    return file.toString();
  }

  private Path numbered(int number) {
    if (number == 0) {
      return file;
    }
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String ending = dot <= 0 ? "" : name.substring(dot);
    return file.resolveSibling(stem + "." + number + ending);
  }
}
