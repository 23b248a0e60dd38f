package io.github.mcpauth.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Logback's rolling appender over files that only their owner reads; the stock one creates them
 * with the process's umask, after a roll-over at the latest.
 */
final class RotatingAppender extends RollingFileAppender<ILoggingEvent> {

  private @Nullable LineFile open;
  private @Nullable IOException failure;

  @Override
  public void openFile(String name) throws IOException {
    try {
      LineFile file = LineFile.open(Path.of(name));
      open = file;
      failure = null;
      setOutputStream(file);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Why the file could not be opened, or the last line not be written; null where it was. */
  @Nullable IOException failure() {
    LineFile file = open;
    return failure != null || file == null ? failure : file.failure();
  }
}
