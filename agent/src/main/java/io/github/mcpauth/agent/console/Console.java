package io.github.mcpauth.agent.console;

import io.github.mcpauth.agent.redact.SafeRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows findings to a person on stderr: plain ASCII, at most 100 columns. */
public final class Console {

  private static final int WIDTH = 100;
  private static final String PREFIX = "mcpauth: ";

  private final PrintStream err;

  public Console(PrintStream err) {
    this.err = err;
  }

  /** One line: the record's {@code message}. */
  public void say(SafeRecord line) {
    err.println(PREFIX + plain(line.text("message")));
    err.flush();
  }

  public void finding(SafeRecord finding) {
    StringBuilder block = new StringBuilder(1024);
    String head = finding.text("mcpauth.severity") + " [" + finding.text("mcpauth.rule") + "] ";
    wrap(block, "", head + finding.text("mcpauth.title"));
    wrap(block, "  server:   ", finding.text("mcpauth.server.url"));
    wrap(block, "  seen:     ", finding.text("mcpauth.message"));
    evidence(block, finding);
    String sure = " (" + finding.text("mcpauth.confidence") + ")";
    wrap(block, "  who:      ", finding.text("mcpauth.actor") + " must act" + sure);
    int step = 1;
    for (Object each : list(finding.fields().get("mcpauth.remedy"))) {
      wrap(block, step == 1 ? "  do:       " : "            ", step++ + ". " + each);
    }
    String property = finding.text("mcpauth.fix.property");
    String fix = property.isEmpty() ? "none" : property + "=on (" + safety(finding) + ")";
    wrap(block, "  auto-fix: ", fix);
    wrap(
        block,
        "  more:     ",
        "java -jar mcp-auth-agent.jar explain " + finding.text("mcpauth.rule"));
    err.print(block);
    err.flush();
  }

  private static String safety(SafeRecord finding) {
    return finding.text("mcpauth.fix.safety").replace('-', ' ');
  }

  private static void evidence(StringBuilder block, SafeRecord finding) {
    for (Object each : list(finding.fields().get("mcpauth.evidence"))) {
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
