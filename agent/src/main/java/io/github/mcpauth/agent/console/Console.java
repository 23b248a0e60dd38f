package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.Notices;
import io.github.mcpauth.agent.redact.SafeRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Shows findings to a person on stderr: plain ASCII, at most 100 columns, and not without end. */
public final class Console implements Notices {

  private static final int WIDTH = 100;
  private static final String PREFIX = "mcpauth: ";

  private final Logger logger;
  private final ConsoleBudget budget = new ConsoleBudget(System.nanoTime());

  public Console(PrintStream err) {
    this.logger = StderrLogger.to(err);
  }

  @Override
  public void say(SafeRecord line) {
    show(PREFIX + plain(line.text(Field.MESSAGE.key())));
  }

  private void show(String text) {
    if (!budget.takes(text.length(), System.nanoTime())) {
      return;
    }
    long missed = budget.missed();
    if (missed > 0) {
      logger.warn(PREFIX + missed + " more messages are in the log only");
    }
    logger.info(text);
  }

  /** A block of lines. */
  public void finding(SafeRecord finding) {
    StringBuilder block = new StringBuilder(1024);
    String head = finding.text(Field.SEVERITY.key()) + " [" + finding.text(Field.RULE.key()) + "] ";
    wrap(block, "", head + finding.text(Field.TITLE.key()));
    wrap(block, "  server:   ", finding.text(Field.SERVER_URL.key()));
    wrap(block, "  seen:     ", finding.text(Field.FINDING_TEXT.key()));
    String quote = finding.text(Field.FINDING_QUOTE.key());
    if (!quote.isEmpty()) {
      wrap(block, "  server says: ", '"' + quote + '"');
    }
    evidence(block, finding);
    String sure = " (" + finding.text(Field.CONFIDENCE.key()) + ")";
    String actor = finding.text(Field.ACTOR.key());
    // To a Java developer, a host is a machine.
    String who = actor.equals("host") ? "your application" : actor;
    wrap(block, "  who:      ", who + " must act" + sure);
    int step = 1;
    for (Object each : list(finding.fields().get(Field.REMEDY.key()))) {
      wrap(block, step == 1 ? "  do:       " : "            ", step++ + ". " + each);
    }
    String property = finding.text(Field.FIX_PROPERTY.key());
    String fix = property.isEmpty() ? "none" : property + "=on (" + safety(finding) + ")";
    wrap(block, "  auto-fix: ", fix);
    wrap(
        block,
        "  more:     ",
        "java -jar mcp-auth-agent.jar explain " + finding.text(Field.RULE.key()));
    show(block.substring(0, block.length() - System.lineSeparator().length()));
  }

  private static String safety(SafeRecord finding) {
    return finding.text(Field.FIX_SAFETY.key()).replace('-', ' ');
  }

  private static void evidence(StringBuilder block, SafeRecord finding) {
    for (Object each : list(finding.fields().get(Field.EVIDENCE.key()))) {
      if (each instanceof Map<?, ?> seen) {
        Object expected = seen.get("expected");
        wrap(
            block,
            "  evidence: ",
            "exchange "
                + seen.get("exchange")
                + ", "
                + seen.get("where")
                + ": "
                + seen.get("observed")
                + (expected == null ? "" : "; expected " + expected));
      }
    }
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static void wrap(StringBuilder block, String label, String text) {
    String indent = " ".repeat(label.length());
    String lead = PREFIX + label;
    StringBuilder line = new StringBuilder(lead);
    boolean empty = true;
    for (String word : plain(text).split(" ")) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        block.append(line).append(System.lineSeparator());
        line = new StringBuilder(PREFIX + indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    block.append(line).append(System.lineSeparator());
  }

  /** What a server sent must not control the terminal: anything but printable ASCII is replaced. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '…' ? "..." : c == '§' ? "section " : c >= ' ' && c < 127 ? "" + c : "?");
    }
    return plain.toString();
  }
}
