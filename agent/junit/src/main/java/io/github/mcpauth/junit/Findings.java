package io.github.mcpauth.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the agent's door gave, less what a test does not mind.
 *
 * @param blocks a finding each, as people get it on stderr
 * @param problem why there may be more; empty where there is no reason
 */
record Findings(List<String> blocks, String problem) {

  static Findings of(Map<?, ?> answer, NoMcpFindings minded) {
    List<String> ignored = List.of(minded.ignore());
    List<String> blocks = new ArrayList<>();
    if (answer.get("findings") instanceof List<?> findings) {
      for (Object each : findings) {
        if (each instanceof Map<?, ?> finding && finding.get("fields") instanceof Map<?, ?> line) {
          Severity severity = Severity.of(text(line, "mcpauth.severity"));
          boolean bad = severity.compareTo(minded.failOn()) >= 0;
          if (bad && !ignored.contains(text(line, "mcpauth.rule"))) {
            blocks.add(text(finding, "block"));
          }
        }
      }
    }
    return new Findings(List.copyOf(blocks), text(answer, "problem"));
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  boolean isClean() {
    return blocks.isEmpty() && problem.isEmpty();
  }

  /**
   * The words of the failure.
   *
   * @param when when it was found: "while this test ran"
   * @param beside tests that ran at the same time
   */
  String inWords(String when, List<String> beside) {
    String line = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    if (!blocks.isEmpty()) {
      text.append(blocks.size()).append(blocks.size() == 1 ? " MCP finding " : " MCP findings ");
      text.append(when).append(':').append(line);
      for (String block : blocks) {
        text.append(line).append(block).append(line);
      }
      if (!beside.isEmpty()) {
        text.append(line)
            .append("At the same time ran ")
            .append(String.join(", ", beside))
            .append(": what they sent cannot be told from what this test sent.")
            .append(line);
      }
    }
    if (!problem.isEmpty()) {
      text.append(blocks.isEmpty() ? "" : line)
          .append("Whether there are (more) MCP findings ")
          .append(when)
          .append(" cannot be said: ")
          .append(problem);
    }
    return text.toString();
  }
}
