package io.github.mcpauth.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Logback's rolling appender with what it lacks: it opens files that only their owner reads ({@link
 * LogOutput}), goes on under the old name when its file is taken away, and tells what was not
 * written.
 */
final class LogFileAppender extends RollingFileAppender<ILoggingEvent> {

  private final Path path;
  private @Nullable LogOutput open;
  private @Nullable IOException failure;
  private long elsewhere;

  LogFileAppender(Path path) {
    this.path = path;
  }

  /** Called by Logback at its start and after a roll-over, with the path. */
  @Override
  public void openFile(String name) throws IOException {
    try {
      LogOutput output = LogOutput.open(path);
      setOutputStream(output);
      open = output;
      failure = null;
    } catch (IOException e) {
      setOutputStream(OutputStream.nullOutputStream());
      open = null;
      failure = e;
      throw e;
    }
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    if (open == null || !open.isStillThere()) {
      if (open != null) {
        elsewhere += open.lines() + open.takeCut();
      }
      try {
        openFile(path.toString());
      } catch (IOException e) {
        return; // Kept, and asked for; the folder may be back for the next line.
      }
    }
    super.subAppend(event);
  }

  /** How many lines somebody else has taken away with the file, or cut from it; then 0. */
  long takeElsewhere() {
    LogOutput output = open;
    long taken = elsewhere + (output == null ? 0 : output.takeCut());
    elsewhere = 0;
    return taken;
  }

  /** Why the file could not be opened, or the last line not be written; null where it was. */
  @Nullable IOException failure() {
    LogOutput output = open;
    return failure != null || output == null ? failure : output.failure();
  }
}
