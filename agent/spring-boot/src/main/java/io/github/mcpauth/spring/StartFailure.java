package io.github.mcpauth.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Why an application did not start: an exception with its causes. */
final class StartFailure {

  private static final int MOST_CAUSES = 20;

  /** {@code MCP}, {@code /mcp}, {@code McpError}, {@code mcpClient}; not {@code mcpdemo}. */
  private static final Pattern MCP =
      Pattern.compile("(?<![A-Za-z])(?:MCP|[Mm]cp)(?![a-z])|(?i:model ?context ?protocol)");

  /** The packages of MCP SDKs, of which a frame may be on the stack. */
  private static final List<String> SDKS =
      List.of(
          "io.modelcontextprotocol.",
          "dev.langchain4j.mcp.",
          "io.quarkiverse.langchain4j.mcp.",
          "org.springframework.ai.mcp.",
          "com.google.adk.tools.mcp.");

  private final List<Throwable> causes = new ArrayList<>();

  StartFailure(Throwable failure) {
    for (Throwable each = failure;
        each != null && causes.size() < MOST_CAUSES && !causes.contains(each);
        each = each.getCause()) {
      causes.add(each);
    }
  }

  /** Whether an MCP SDK was at work, or an exception says that it is about MCP. */
  boolean maySpeakOfMcp() {
    for (Throwable each : causes) {
      if (MCP.matcher(each.getClass().getSimpleName() + ' ' + each.getMessage()).find()) {
        return true;
      }
      for (StackTraceElement frame : each.getStackTrace()) {
        for (String sdk : SDKS) {
          if (frame.getClassName().startsWith(sdk)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The exceptions, each with where it was thrown, since no stack trace is shown. */
  String inWords() {
    StringBuilder text = new StringBuilder("\n\nThe application failed with");
    String lead = ":\n  ";
    for (Throwable each : causes) {
      StackTraceElement[] frames = each.getStackTrace();
      text.append(lead).append(LastFinding.plain(each.toString()));
      text.append(frames.length == 0 ? "" : "\n    at " + frames[0]);
      lead = "\n  caused by ";
    }
    return text.toString();
  }
}
