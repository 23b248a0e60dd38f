package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The exchanges of a run that others point to, and so are to be kept: those of findings, fixes,
 * states and calls, and what came just before.
 */
final class Landmarks {

  /** How many exchanges before one that matters are of interest. */
  private static final int BEFORE = 4;

  private final int most;
  private final TreeSet<Long> ids = new TreeSet<>();

  Landmarks(int most) {
    this.most = most;
  }

  void add(LogLine line) {
    EventName name = line.name();
    if (name == null || name == EventName.HTTP_EXCHANGE || name == EventName.MCP_MESSAGE) {
      return;
    }
    add(LineValues.number(line, Field.EXCHANGE_ID));
    add(LineValues.number(line, Field.FINDING_FOLLOWS_EXCHANGE));
    if (line.value(Field.EVIDENCE) instanceof List<?> evidence) {
      for (Object each : evidence) {
        if (each instanceof Map<?, ?> map && map.get("exchange") instanceof Number id) {
          add(id.longValue());
        }
      }
    }
  }

  private void add(long id) {
    if (id > 0 && ids.size() < most / (BEFORE + 1)) {
      ids.add(id);
    }
  }

  /** Whether that exchange matters, or comes just before one that does. */
  boolean isNear(long id) {
    Long next = ids.ceiling(id);
    return next != null && next - id <= BEFORE;
  }

  /** At most how many exchanges are near one that matters. */
  int room() {
    return ids.size() * (BEFORE + 1);
  }
}
