package io.github.mcpauth.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes lines to the log, through a Logback of our own that is put together here: it reads no
 * configuration, neither ours nor the host's, and prints nothing. Logback appends and rolls.
 */
final class LogFile implements AutoCloseable {

  private final Path path;
  private final LogFileAppender appender;
  private final Logger logger;

  private LogFile(Path path, long maxSize, int maxFiles) throws IOException {
    this.path = path;
    LoggerContext context = new LoggerContext();
    context.setName("mcpauth");
    context.setMDCAdapter(new LogbackMDCAdapter()); // Without one every append fails silently.
    LineEncoder encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.start();
    appender = new LogFileAppender(path);
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setFile(path.toString());
    NumberedFiles numbered = new NumberedFiles(path, maxFiles);
    numbered.setContext(context);
    numbered.setParent(appender);
    numbered.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(maxSize));
    size.setCheckIncrement(Duration.buildByMilliseconds(0)); // By default once a minute.
    size.start();
    appender.setRollingPolicy(numbered);
    appender.setTriggeringPolicy(size);
    appender.start();
    IOException failure = appender.failure();
    if (failure != null) {
      throw failure;
    }
    ch.qos.logback.classic.Logger root = context.getLogger("mcpauth");
    root.setLevel(Level.ALL);
    root.addAppender(appender);
    logger = root;
  }

  /**
   * Opens a log.
   *
   * @param maxSize in bytes, from which the file is rolled before the next line
   * @param maxFiles how many there are at most
   * @param pid goes into the file's name where another process writes to the file: each then keeps
   *     its own, and none deletes the other's
   * @throws IOException where it cannot be opened, or should not be, with the reason
   */
  static LogFile open(Path path, long maxSize, int maxFiles, long pid) throws IOException {
    try {
      return new LogFile(path, maxSize, maxFiles);
    } catch (LogOutput.InUseException e) {
      String name = String.valueOf(path.getFileName());
      int dot = name.lastIndexOf('.') <= 0 ? name.length() : name.lastIndexOf('.');
      Path own = path.resolveSibling(name.substring(0, dot) + "-" + pid + name.substring(dot));
      return new LogFile(own, maxSize, maxFiles);
    }
  }

  /** Where the lines go. */
  Path path() {
    return path;
  }

  /** Writes a line; returns why it could not be, or null. */
  @Nullable IOException write(String line) {
    logger.info(line);
    return appender.failure();
  }

  /**
   * How many of the lines written are not in the file any more since somebody else has moved,
   * deleted, or cut it; those told of once are not told of again.
   */
  long takeElsewhere() {
    return appender.takeElsewhere();
  }

  // Nothing else in the context was started, and to stop it loads Logback's executors at exit.
  @Override
  public void close() {
    appender.stop();
  }

  /** A message is a line already. */
  private static final class LineEncoder extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      return (event.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte @Nullable [] footerBytes() {
      return null;
    }
  }
}
