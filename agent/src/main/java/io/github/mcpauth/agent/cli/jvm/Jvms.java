package io.github.mcpauth.agent.cli.jvm;

import io.github.mcpauth.agent.cli.jvm.Attachment.Listed;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The JVMs of this user: which there are, and which one is meant. */
final class Jvms {

  private final Terminal terminal;

  Jvms(Terminal terminal) {
    this.terminal = terminal;
    if (!Attachment.isThere()) {
      throw new UsageException("this Java has no jdk.attach module; run the command with a JDK");
    }
  }

  /** Prints each with what it has loaded. */
  void list() throws IOException {
    List<Listed> all = Attachment.list();
    if (all.isEmpty()) {
      terminal.out().println("No other JVM of this user runs here.");
    }
    for (Listed each : all) {
      print(each.pid() + "  ", name(each));
      print("    ", looked(each.pid()));
    }
  }

  private static String looked(long pid) {
    try {
      return JvmContents.in(pid).inWords();
    } catch (IOException e) {
      return "cannot be looked into: " + e.getMessage();
    }
  }

  private void print(String lead, String text) {
    String indent = lead;
    for (String line :
        Wrapping.wrap(Plain.text(text), Math.min(terminal.width(), 100) - lead.length())) {
      terminal.out().println(indent + line);
      indent = " ".repeat(lead.length());
    }
  }

  /** Its main class and arguments, in which a credential may be. */
  static String name(Listed jvm) {
    if (jvm.name().isBlank()) {
      return "(no name)";
    }
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    String name = redactor.redact(Map.of("name", jvm.name())).text("name");
    return name.length() > 160 ? name.substring(0, 160) + "..." : name;
  }

  /** The process that a number or a part of a name stands for. */
  long find(String target) throws IOException {
    if (target.matches("\\d{1,10}")) {
      long pid = Long.parseLong(target);
      if (ProcessHandle.of(pid).isEmpty()) {
        throw new UsageException("no process has the number " + pid);
      }
      return pid;
    }
    List<Listed> fitting =
        Attachment.list().stream().filter(each -> each.name().contains(target)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0).pid();
    }
    throw new UsageException(
        fitting.isEmpty()
            ? "no JVM of this user has in its name: " + target
            : fitting.size()
                + " JVMs have in their names: "
                + target
                + "; say which by its number");
  }
}
