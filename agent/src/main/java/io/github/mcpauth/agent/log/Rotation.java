package io.github.mcpauth.agent.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Rotates by size: {@code x.jsonl} becomes {@code x.1.jsonl}, and so on; the oldest goes. Files are
 * renamed, never copied, so they keep their permissions.
 *
 * @param file that is written
 * @param maxSize in bytes, after which it is renamed before the next line
 * @param maxFiles how many there are at most, with the one that is written
 */
record Rotation(Path file, long maxSize, int maxFiles) {

  boolean isDue() {
    return file.toFile().length() >= maxSize;
  }

  /** Renames what is there; where that fails, the file goes on to grow. */
  void rotate() {
    try {
      Files.deleteIfExists(numbered(maxFiles - 1));
      for (int i = maxFiles - 2; i >= 0; i--) {
        if (Files.exists(numbered(i))) {
          Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      // Better a long log than none.
    }
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
