package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a rule found: one cause, however often it was seen, with what follows from it. */
public final class LoggedFinding {

  private static final int MOST_CONSEQUENCES = 20;

  private final LogLine line;
  private final List<LogLine> consequences = new ArrayList<>();
  private long count;

  LoggedFinding(LogLine line) {
    this.line = line;
    this.count = Math.max(1, LineValues.number(line, Field.COUNT));
  }

  boolean isRepeatedBy(LogLine other) {
    return rule().equals(other.text(Field.RULE))
        && serverUrl().equals(other.text(Field.SERVER_URL))
        && cause().equals(other.text(Field.CAUSE));
  }

  void repeated(LogLine other) {
    count = Math.max(count, LineValues.number(other, Field.COUNT));
  }

  boolean explains(LogLine linked) {
    return rule().equals(linked.text(Field.FINDING_FOLLOWS))
        && exchange() == LineValues.number(linked, Field.FINDING_FOLLOWS_EXCHANGE);
  }

  void explain(LogLine linked) {
    if (consequences.size() < MOST_CONSEQUENCES) {
      consequences.add(linked);
    }
  }

  /** The line of the log, with all that is to be shown of it. */
  public LogLine line() {
    return line;
  }

  /** Findings that follow from this one. */
  public List<LogLine> consequences() {
    return Collections.unmodifiableList(consequences);
  }

  /** How often it was seen. */
  public long count() {
    return count;
  }

  public String rule() {
    return line.text(Field.RULE);
  }

  /** The sub-cause; empty where the rule tells none apart. */
  public String cause() {
    return line.text(Field.CAUSE);
  }

  /** {@code error}, {@code warning} or {@code note}. */
  public String severity() {
    return line.text(Field.SEVERITY);
  }

  /** Who must act, as the log has it: {@code mcp-server}. */
  public String actor() {
    return line.text(Field.ACTOR);
  }

  public String title() {
    return line.text(Field.TITLE);
  }

  /** The MCP server that it concerns; empty where that is not known. */
  public String serverUrl() {
    return line.text(Field.SERVER_URL);
  }

  /** The exchange in which it was seen; 0 where there is none. */
  public long exchange() {
    return LineValues.number(line, Field.EXCHANGE_ID);
  }
}
