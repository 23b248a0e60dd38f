package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page links to a file that is not there, and README to each page. */
class LinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^(`{3,}).*?^\\1$|`[^`\\n]*`");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int found = 0;
    for (String folder : List.of(".", "docs", "agent", "rules")) {
      for (Path page : pages(ROOT.resolve(folder))) {
        for (String target : links(page)) {
          found++;
          if (!Files.exists(page.resolveSibling(target))) {
            broken.add(page + ": " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void everyPageCanBeReachedFromReadme() throws IOException {
    Path readme = ROOT.resolve("README.md").normalize();
    List<Path> reached = new ArrayList<>(List.of(readme));
    for (int i = 0; i < reached.size(); i++) {
      for (String target : links(reached.get(i))) {
        Path linked = reached.get(i).resolveSibling(target).normalize();
        if (linked.toString().endsWith(".md") && !reached.contains(linked)) {
          reached.add(linked);
        }
      }
    }
    assertThat(reached)
        .containsAll(pages(ROOT.resolve("docs")).stream().map(Path::normalize).toList());
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<String> links(Path page) throws IOException {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
    while (link.find()) {
      links.add(link.group(1));
    }
    return links;
  }
}
