package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MCP server of a run, with the states that it was in. */
public final class LoggedServer {

  private final String url;
  private final List<LogLine> states = new ArrayList<>();
  private @Nullable LogLine status;
  private long statesSeen;
  private long exchanges;

  LoggedServer(String url) {
    this.url = url;
  }

  // The last ones tell more than the first.
  void addState(LogLine line, int most) {
    statesSeen++;
    if (states.size() >= Math.max(1, most)) {
      states.remove(0);
    }
    states.add(line);
  }

  void addStatus(LogLine line) {
    status = line;
  }

  void exchanged() {
    exchanges++;
  }

  public String url() {
    return url;
  }

  /** The state that it was in at the end; empty where none was logged. */
  public String state() {
    return states.isEmpty() ? "" : states.get(states.size() - 1).text(Field.SERVER_STATE);
  }

  /** The rule that explains that state; empty where none does. */
  public String reason() {
    return states.isEmpty() ? "" : states.get(states.size() - 1).text(Field.SERVER_REASON);
  }

  /** What the agent said of it when nothing more happened; null where it said nothing. */
  public @Nullable LogLine status() {
    return status;
  }

  public boolean isConnected() {
    return state().equals("connected");
  }

  /** The lines of its states, the last ones. */
  public List<LogLine> states() {
    return Collections.unmodifiableList(states);
  }

  /** How often it moved. */
  public long statesSeen() {
    return statesSeen;
  }

  /** How many MCP exchanges there were with it. */
  public long exchanges() {
    return exchanges;
  }
}
