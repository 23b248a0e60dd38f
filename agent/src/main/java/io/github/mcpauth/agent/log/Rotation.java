package io.github.mcpauth.agent.log;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Rotates by size: {@code x.jsonl} becomes {@code x.1.jsonl}, and so on; the oldest goes. Files are
 * renamed, never copied, so they keep their permissions.
 */
final class Rotation<E> extends RollingPolicyBase implements TriggeringPolicy<E> {

  private final Path file;
  private final long maxSize;
  private final int maxFiles;

  Rotation(Path file, long maxSize, int maxFiles) {
    this.file = file;
    this.maxSize = maxSize;
    this.maxFiles = maxFiles;
  }

  @Override
  public boolean isTriggeringEvent(File active, E event) {
    return active.length() >= maxSize;
  }

  @Override
  public void rollover() throws RolloverFailure {
    try {
      Files.deleteIfExists(numbered(maxFiles - 1));
      for (int i = maxFiles - 2; i >= 0; i--) {
        if (Files.exists(numbered(i))) {
          Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new RolloverFailure("cannot rotate " + file, e);
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

  @Override
  public String getActiveFileName() {
    return file.toString();
  }

  @Override
  public CompressionMode getCompressionMode() {
    return CompressionMode.NONE;
  }
}
