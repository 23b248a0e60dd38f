package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says of a server: whether it works, why not, and who must act.
 *
 * @param findings about it, in the order in which they were seen
 */
public record ServerVerdict(Run run, LoggedServer server, List<LoggedFinding> findings) {

  /** In one word. */
  public enum Standing {
    /** It answered with a result, and nothing is wrong. */
    WORKS("works"),
    /** It answered with a result, and something is wrong all the same. */
    WORKS_WITH_FINDINGS("works, with findings"),
    /** It cannot be used. */
    NOT_CONNECTED("not connected"),
    /** The log ends before that can be said. */
    OPEN("open");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public ServerVerdict {
    findings = List.copyOf(findings);
  }

  /** What a recording says of each server of each run. */
  public static List<ServerVerdict> of(Recording recording) {
    List<ServerVerdict> verdicts = new ArrayList<>();
    for (Run run : recording.runs()) {
      for (LoggedServer server : run.servers()) {
        verdicts.add(new ServerVerdict(run, server, run.findings(server)));
      }
    }
    return verdicts;
  }

  public Standing standing() {
    boolean wrong = findings.stream().anyMatch(each -> !each.severity().equals("note"));
    if (server.isConnected()) {
      return wrong ? Standing.WORKS_WITH_FINDINGS : Standing.WORKS;
    }
    boolean over =
        switch (server.state()) {
          case "needs-auth", "blocked", "failed" -> true;
          default -> false;
        };
    boolean error = findings.stream().anyMatch(each -> each.severity().equals("error"));
    return over || error ? Standing.NOT_CONNECTED : Standing.OPEN;
  }

  /** The finding that explains best how it stands; null where none does. */
  public @Nullable LoggedFinding main() {
    LoggedFinding main = null;
    for (LoggedFinding each : findings) {
      if (each.rule().equals(server.reason()) || main == null || isWorse(each, main)) {
        main = each;
      }
      if (each.rule().equals(server.reason())) {
        break;
      }
    }
    return main;
  }

  private static boolean isWorse(LoggedFinding one, LoggedFinding other) {
    return one.severity().equals("error") && !other.severity().equals("error");
  }

  /** Why it stands so: a finding's title, else what the agent said when all was quiet. */
  public String why() {
    LoggedFinding main = main();
    if (main != null) {
      return main.title();
    }
    LogLine status = server.status();
    if (status != null && !server.isConnected()) {
      return status.text(Field.TITLE);
    }
    return switch (server.state()) {
      case "connected" -> "";
      case "needs-auth" -> "it wants a login";
      case "authorizing" -> "a login was begun";
      case "blocked" -> "something in front of it keeps your application out";
      case "failed" -> "the connection failed";
      default -> "no answer of it is in the log";
    };
  }

  /** Who must act, as the log has it; empty where nobody must, or that is not known. */
  public String actor() {
    LoggedFinding main = main();
    LogLine status = server.status();
    return main != null
        ? main.actor()
        : status == null || server.isConnected() ? "" : status.text(Field.ACTOR);
  }

  /** The number of findings of that severity. */
  public long count(String severity) {
    return findings.stream().filter(each -> each.severity().equals(severity)).count();
  }
}
