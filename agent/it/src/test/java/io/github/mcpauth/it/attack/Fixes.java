package io.github.mcpauth.it.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The fixes that there are, by the reference. */
final class Fixes {

  private static final Path REFERENCE = Path.of("../../rules/RULES.md");
  private static final Pattern PROPERTY = Pattern.compile("`mcpauth\\.autofix\\.([a-z0-9-]+)`");

  /** The rules that have a fix. */
  static List<String> all() {
    try {
      return PROPERTY
          .matcher(Files.readString(REFERENCE))
          .results()
          .map(found -> found.group(1))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fixes() {}
}
