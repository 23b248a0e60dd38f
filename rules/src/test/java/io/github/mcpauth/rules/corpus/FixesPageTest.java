package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of fixes name those that there are. */
class FixesPageTest {

  private static final String HEAD = "| fix | what it does |";
  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

  @Test
  void everyFixIsInOneOfTheTablesAndNothingElseIs() throws IOException {
    Set<String> named = new TreeSet<>();
    String page = Files.readString(Path.of("../docs/fixes.md"));
    int start = page.indexOf(HEAD);
    while (start >= 0) {
      int end = page.indexOf("\n\n", start);
      page.substring(start, end).lines().skip(2).forEach(row -> named.addAll(names(row)));
      start = page.indexOf(HEAD, end);
    }
    assertThat(named).containsExactlyInAnyOrderElementsOf(Catalogue.fixNames());
  }

  /** Those in the first column. */
  private static Set<String> names(String row) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(row.split("\\|")[1]);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
