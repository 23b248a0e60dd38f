package io.github.mcpauth.agent.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Makes the SLF4J logger of what the agent says to people, with Logback's appender on a stream that
 * is given: neither {@code System.err}, which a host may replace, nor anything that a configuration
 * names. Not by {@code LoggerFactory}: the host's system properties ({@code slf4j.provider}, {@code
 * slf4j.internal.report.stream}) steer it, to stdout even.
 */
final class StderrLogger {

  static Logger to(PrintStream err) {
    LoggerContext context = new LoggerContext();
    context.setName("mcpauth-console");
    context.setMDCAdapter(new LogbackMDCAdapter()); // Without one every append fails silently.
    TextEncoder encoder = new TextEncoder();
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(err);
    appender.start();
    ch.qos.logback.classic.Logger logger = context.getLogger("mcpauth");
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
    return logger;
  }

  /** The message as it is, and the end of a line. */
  private static final class TextEncoder extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      String text = event.getMessage() + System.lineSeparator();
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte @Nullable [] footerBytes() {
      return null;
    }
  }

  private StderrLogger() {}
}
