package io.github.mcpauth.agent.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a properties file as people write it: UTF-8, with or without a byte order mark, and with
 * Windows paths whose backslashes nobody doubled.
 */
final class SettingsFile {

  /**
   * What {@link Properties} takes for an escape, in values none of which has a tab or a line's end:
   * escaped separators and comment signs, a backslash that is doubled, a line that goes on, and
   * {@code \}{@code uXXXX}.
   */
  private static final Pattern ESCAPE_OR_BACKSLASH =
      Pattern.compile("\\\\(?:[\\\\:=#! \\r\\n]|u[0-9a-fA-F]{4})|\\\\");

  static Properties read(Path path) throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    Properties properties = new Properties();
    properties.load(new StringReader(plainBackslashes(text.replace("\uFEFF", ""))));
    return properties;
  }

  /** A backslash that begins no escape stands for itself. */
  private static String plainBackslashes(String text) {
    return ESCAPE_OR_BACKSLASH
        .matcher(text)
        .replaceAll(
            found -> {
              String escape = found.group();
              String kept = escape.length() > 1 ? escape : "\\\\";
              return kept.replace("\\", "\\\\");
            });
  }

  private SettingsFile() {}
}
