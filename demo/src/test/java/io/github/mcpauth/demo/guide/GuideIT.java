package io.github.mcpauth.demo.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows below a command is what the command prints, with the packaged agent;
 * {@code -Dmcpauth.docs.update=true} writes it anew.
 */
class GuideIT {

  private static final Path ROOT = Path.of("..");
  private static final Path README = ROOT.resolve("README.md");
  private static final Path PICTURE = ROOT.resolve("docs/first-run.svg");

  /** Before the picture in README: the commands that it shows. */
  private static final Pattern SHOWN =
      Pattern.compile("(?ms)^<!-- picture ([a-z-]+)\\n(.*?)\\n-->\\n.*?docs/first-run\\.svg");

  private final Guide guide = new Guide(ROOT.resolve("agent/target/mcp-auth-agent.jar"));

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages =
          Stream.concat(files.filter(each -> each.toString().endsWith(".md")), Stream.of(README))
              .filter(GuideIT::hasCommands)
              .sorted()
              .toList();
      assertThat(pages).hasSizeGreaterThan(2);
      return pages;
    }
  }

  private static boolean hasCommands(Path page) {
    try {
      return Files.readString(page).contains("\n<!-- shell ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageShowsWhatItsCommandsPrint(Path page) throws Exception {
    String written = Files.readString(page);
    check(page, written, guide.run(written));
  }

  @Test
  void thePictureIsARun() throws Exception {
    Matcher shown = SHOWN.matcher(Files.readString(README));
    assertThat(shown.find()).isTrue();
    String transcript = guide.transcript(shown.group(1), shown.group(2));
    assertThat(transcript)
        .contains("MCP server: failed")
        .contains("mcpauth: error [forbidden-on-connect]")
        .contains("MCP server: connected");
    String before = Files.exists(PICTURE) ? Files.readString(PICTURE) : "";
    check(PICTURE, before, Picture.of(transcript));
  }

  private static void check(Path file, String written, String expected) throws IOException {
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(file, expected);
    } else {
      assertThat(written)
          .as("%s; -Dmcpauth.docs.update=true writes it anew", file)
          .isEqualTo(expected);
    }
  }

  /** WCAG 2.1, 1.4.3: at least 4.5 to 1. */
  @ParameterizedTest
  @EnumSource
  void everyInkOfThePictureCanBeReadOnItsPaper(Picture.Palette palette) {
    for (String ink : palette.inks()) {
      double one = luminance(ink) + 0.05;
      double other = luminance(palette.background) + 0.05;
      assertThat(Math.max(one, other) / Math.min(one, other)).as(ink).isGreaterThan(4.5);
    }
  }

  /** Relative luminance as WCAG 2.1 defines it. */
  private static double luminance(String colour) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double channel = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum +=
          weights[i]
              * (channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
