package io.github.mcpauth.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes lines to the rotated file, through a Logback of our own that is put together here: it
 * reads no configuration, neither ours nor the host's, and prints nothing.
 */
final class LogFile implements AutoCloseable {

  private final RotatingAppender appender;
  private final Logger logger;

  LogFile(Path file, long maxSize, int maxFiles) throws IOException {
    LoggerContext context = new LoggerContext();
    context.setName("mcpauth");
    context.setMDCAdapter(new LogbackMDCAdapter()); // Without one every append fails silently.
    LineEncoder encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.start();
    appender = new RotatingAppender(new Rotation(file, maxSize, maxFiles));
    appender.setContext(context);
    appender.setEncoder(encoder);
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

  /** Writes a line; returns why it could not be, or null. */
  @Nullable IOException write(String line) {
    logger.info(line);
    return appender.failure();
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
