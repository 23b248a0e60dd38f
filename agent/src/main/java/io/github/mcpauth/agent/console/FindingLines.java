package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.log.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a finding into the lines that people get on stderr, and in failed tests. */
public final class FindingLines {

  /**
   * The block, not wrapped.
   *
   * @param fields of the line of the log, redacted
   * @param log where the log is; empty where there is none
   */
  public static String of(Map<String, Object> fields, String log) {
    return block(fields, log, null).text();
  }

  static Block block(Map<String, Object> fields, String log, @Nullable String columns) {
    FindingBlock content = FindingBlock.of(fields, 1);
    Block block = new Block(columns);
    block.head(content.severity() + " [" + content.rule() + "] " + content.title());
    for (FindingBlock.Entry entry : content.entries()) {
      if (entry.kind() != FindingBlock.Kind.SPEC) { // It is on the rule's page.
        steps(block, entry.kind().label() + ":", entry.texts());
      }
    }
    block.line("more:", "java -jar mcp-auth-agent.jar explain " + content.rule());
    Object exchange = fields.get(Field.EXCHANGE_ID.key());
    return block.log(log, exchange == null ? "" : exchange.toString());
  }

  static void steps(Block block, String label, List<?> steps) {
    for (int i = 0; i < steps.size(); i++) {
      String number = steps.size() == 1 ? "" : (i + 1) + ". ";
      block.line(i == 0 ? label : "", number + steps.get(i));
    }
  }

  private FindingLines() {}
}
