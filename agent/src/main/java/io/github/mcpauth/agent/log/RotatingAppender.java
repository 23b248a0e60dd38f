package io.github.mcpauth.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Logback's appender over files that only their owner reads and that are rotated by size; its own
 * rolling appender creates them with the process's umask, after a roll-over at the latest.
 */
final class RotatingAppender extends OutputStreamAppender<ILoggingEvent> {

  private final Rotation rotation;
  private @Nullable OwnerOnlyFile open;
  private @Nullable IOException failure;

  RotatingAppender(Rotation rotation) {
    this.rotation = rotation;
  }

  @Override
  public void start() {
    if (opens()) {
      super.start();
    }
  }

  @Override
  protected synchronized void subAppend(ILoggingEvent event) {
    if (open != null && rotation.isDue()) {
      closeOutputStream(); // Windows renames no file that is open.
      open = null;
      rotation.rotate();
    }
    // A folder that was away for a while may be back.
    if (open != null || opens()) {
      super.subAppend(event);
    }
  }

  private boolean opens() {
    try {
      OwnerOnlyFile file = OwnerOnlyFile.open(rotation.file());
      setOutputStream(file);
      open = file;
      failure = null;
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  /** Why the file could not be opened, or the last line not be written; null where it was. */
  synchronized @Nullable IOException failure() {
    OwnerOnlyFile file = open;
    return failure != null || file == null ? failure : file.failure();
  }
}
