package io.github.mcpauth.agent.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints, and what can be shown there: colours on a terminal unless {@code
 * NO_COLOR} is set, none in a pipe or a file.
 */
public final class Terminal {

  /** What people type. */
  public static final String PROGRAM = "java -jar mcp-auth-agent.jar";

  private static final int NARROWEST = 40;
  private static final int WIDEST = 1000;
  private static final int USUAL = 80;
  private static final int UNLIMITED = 100_000;

  private final PrintStream out;
  private final PrintStream err;
  private final int width;
  private final boolean interactive;
  private final boolean colour;

  Terminal(PrintStream out, PrintStream err, int width, boolean interactive, boolean colour) {
    this.out = out;
    this.err = err;
    this.width = width;
    this.interactive = interactive;
    this.colour = colour;
  }

  /** As this process finds it. */
  public static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
    return of(out, err, environment, isTerminal());
  }

  /**
   * As the environment says.
   *
   * @param interactive whether somebody looks on: standard output is no pipe and no file
   */
  public static Terminal of(
      PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
    int width = number(environment.get("COLUMNS"));
    if (width < NARROWEST || width > WIDEST) {
      width = interactive ? asked() : UNLIMITED;
    }
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean able = interactive && !"dumb".equals(environment.get("TERM"));
    boolean forced = !environment.getOrDefault("FORCE_COLOR", "").isEmpty();
    return new Terminal(out, err, width, interactive, wanted && (able || forced));
  }

  // From Java 22 on there is a console even where output goes into a pipe, and it says so.
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  /** Shells keep COLUMNS to themselves, but the terminal knows. */
  private static int asked() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.INHERIT).start();
      try (InputStream in = stty.getInputStream()) {
        String size = new String(in.readNBytes(32), StandardCharsets.US_ASCII).strip();
        int columns = number(size.substring(size.indexOf(' ') + 1));
        return stty.waitFor(1, TimeUnit.SECONDS) && columns >= NARROWEST ? columns : USUAL;
      }
    } catch (IOException none) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? -1 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** For what was asked for. */
  public PrintStream out() {
    return out;
  }

  /** For remarks: which log was taken, what could not be read. */
  public PrintStream err() {
    return err;
  }

  /** Columns; very many where nobody looks on and {@code COLUMNS} is not set. */
  public int width() {
    return width;
  }

  public boolean interactive() {
    return interactive;
  }

  public boolean colour() {
    return colour;
  }

  /** A remark, not part of what was asked for. */
  public void remark(String text) {
    say("", Plain.text(text));
  }

  /** What went wrong, and what to do. */
  public void complain(String text) {
    say("mcp-auth-agent: ", Plain.text(text));
  }

  /** In one line, unless somebody looks on. */
  private void say(String lead, String text) {
    String first = lead.isEmpty() ? lead : style(Style.ERROR, lead);
    for (String line : interactive ? Wrapping.wrap(text, width - lead.length()) : List.of(text)) {
      err.println(first + line);
      first = " ".repeat(lead.length());
    }
  }

  /** The text in that style, where colours can be shown. */
  public String style(Style style, String text) {
    return colour ? "\u001b[" + style.code() + "m" + text + "\u001b[0m" : text;
  }

  /** What a text is, to be seen at a glance; never the only sign of it. */
  public enum Style {
    ERROR("1;31"),
    WARNING("33"),
    GOOD("32"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}
