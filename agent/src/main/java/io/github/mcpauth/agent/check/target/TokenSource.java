package io.github.mcpauth.agent.check.target;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a token comes from: an environment variable, a file, what a command prints. Not the command
 * line itself, which every user of a machine can read.
 */
public final class TokenSource {

  private static final int LONGEST = 256 * 1024;
  private static final long PATIENCE_SECONDS = 60;

  public static String ofVariable(String name, Map<String, String> environment)
      throws TargetException {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new TargetException("the environment has no " + name);
    }
    return token(value, "the variable " + name);
  }

  public static String ofFile(Path file) throws IOException, TargetException {
    try (InputStream in = Files.newInputStream(file)) {
      return token(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8), "the file " + file);
    }
  }

  /** What a command prints; it has the shell that scripts have. */
  public static String ofCommand(String command) throws TargetException {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    try {
      Process process = builder.redirectError(Redirect.INHERIT).start();
      process.getOutputStream().close();
      process
          .onExit()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      byte[] out;
      try (InputStream in = process.getInputStream()) {
        out = in.readNBytes(LONGEST);
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new TargetException("the token command exited with " + exit);
      }
      return token(new String(out, StandardCharsets.UTF_8), "the token command");
    } catch (IOException e) {
      throw new TargetException("the token command cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetException("interrupted");
    }
  }

  /** One word (RFC 6750 §2.1); some sources have the scheme before it. */
  private static String token(String text, String source) throws TargetException {
    String token = text.strip();
    if (token.regionMatches(true, 0, "Bearer ", 0, 7)) {
      token = token.substring(7).strip();
    }
    boolean word = token.chars().allMatch(c -> c > ' ' && c < 127);
    if (token.isEmpty() || !word) {
      throw new TargetException(
          source + (token.isEmpty() ? " is empty" : " has more than a token in it"));
    }
    return token;
  }

  private TokenSource() {}
}
