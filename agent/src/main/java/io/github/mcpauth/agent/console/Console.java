package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.Notices;
import io.github.mcpauth.agent.redact.SafeRecord;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Shows findings, and servers that are not connected, to a person on stderr; not without end. */
public final class Console implements Notices {

  private final Logger logger;
  private final @Nullable String columns;
  private final ConsoleBudget budget = new ConsoleBudget(System.nanoTime());

  /**
   * @param columns the environment's {@code COLUMNS}: the width of the terminal; null where it is
   *     not known
   */
  public Console(PrintStream err, @Nullable String columns) {
    this.logger = StderrLogger.to(err);
    this.columns = columns;
  }

  @Override
  public void say(SafeRecord line) {
    show(new Block(columns).head(line.text(Field.MESSAGE.key())));
  }

  private void show(Block block) {
    String text = block.text();
    if (!budget.takes(text.length(), System.nanoTime())) {
      return;
    }
    long missed = budget.missed();
    if (missed > 0) {
      logger.warn(Block.PREFIX + missed + " more messages are in the log only");
    }
    logger.info(text);
  }

  /** An exchange or a message as one line, as the command {@code tail} shows it. */
  public void line(EventName name, Instant at, SafeRecord event) {
    show(new Block(columns).head(LineText.of(name, at.toString(), event.fields())));
  }

  /**
   * A rule's finding.
   *
   * @param log where the log is
   */
  public void finding(SafeRecord finding, SafeRecord log) {
    show(FindingLines.block(finding.fields(), log.text(Field.MESSAGE.key()), columns));
  }

  /**
   * A server that is not connected, or is again.
   *
   * @param log where the log is
   */
  public void status(SafeRecord status, SafeRecord log) {
    String url = status.text(Field.SERVER_URL.key());
    String state = status.text(Field.SERVER_STATE.key());
    if (state.equals("connected")) {
      show(new Block(columns).head("connected now: " + url));
      return;
    }
    String rule = status.text(Field.SERVER_REASON.key());
    Block block = new Block(columns);
    block.head("not connected: " + url);
    block.line("state:", state(state));
    block.line("why:", status.text(Field.TITLE.key()) + (rule.isEmpty() ? "" : " [" + rule + "]"));
    String actor = FindingBlock.actor(status.text(Field.ACTOR.key()));
    block.line("who:", actor + " must act (" + status.text(Field.CONFIDENCE.key()) + ")");
    FindingLines.steps(block, "next:", list(status.fields().get(Field.REMEDY.key())));
    block.log(log.text(Field.MESSAGE.key()), status.text(Field.EXCHANGE_ID.key()));
    show(block);
  }

  private static String state(String label) {
    return switch (label) {
      case "needs-auth" -> "it wants a login";
      case "authorizing" -> "a login is under way";
      case "connecting" -> "it has not answered yet";
      case "blocked" -> "something in front of it keeps your application out";
      default -> "the connection failed";
    };
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
