package io.github.mcpauth.agent.cli.terminal;

/** What a command's exit tells a script. */
public final class ExitCode {

  /** It was done, and nothing is wrong. */
  public static final int CLEAN = 0;

  /** Something is wrong with what was looked at. */
  public static final int FINDINGS = 1;

  /** The command was not understood, or what it names is not there. */
  public static final int USAGE = 2;

  /** What should be looked at could not be reached. */
  public static final int UNREACHABLE = 3;

  /** The command itself failed ({@code EX_SOFTWARE} of sysexits.h). */
  public static final int BROKEN = 70;

  private ExitCode() {}
}
