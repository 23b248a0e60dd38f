package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation shows of the commands is what they print. */
class CliDocsTest {

  private static final Path PAGE = Path.of("../docs/cli.md");

  /** A command in a comment, and what was put below it the last time. */
  private static final Pattern SHOWN =
      Pattern.compile("(?ms)^<!-- mcp-auth-agent (.*?) -->\\n(?:\\n(`{3,})text\\n.*?^\\2\\n)?");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @Test
  void thePageShowsWhatTheCommandsPrint() throws IOException {
    String page = Files.readString(PAGE);
    String expected = SHOWN.matcher(page).replaceAll(CliDocsTest::shown);
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page)
          .as("docs/cli.md; -Dmcpauth.docs.update=true writes it anew")
          .isEqualTo(expected);
    }
  }

  @Test
  void eachCommandIsThere() throws IOException {
    String page = Files.readString(PAGE);
    for (String line : Typed.command("--help").lines()) {
      Matcher command = Pattern.compile("  ([a-z]+)  +[A-Z\"].*").matcher(line);
      if (command.matches()) {
        assertThat(page).contains(command.group(1));
      }
    }
  }

  private static String shown(MatchResult found) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(found.group(1));
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      boolean log = text.endsWith(".jsonl");
      words.add(log ? Recordings.log(text.substring(0, text.length() - 6)).toString() : text);
    }
    Typed typed = Typed.onEightyColumns(words.toArray(new String[0]));
    String out = typed.out().replace("src/test/resources/recordings/", "").stripTrailing();
    String version = Main.version();
    String fence = out.contains("```") ? "````" : "```";
    String block =
        "<!-- mcp-auth-agent "
            + found.group(1)
            + " -->\n\n"
            + fence
            + "text\n$ mcp-auth-agent "
            + found.group(1)
            + "\n"
            + out.replace(version, "<version>").replace("0.1.0-SNAPSHOT", "<version>")
            + "\n"
            + (typed.exit() == 0 ? "" : "(exit code " + typed.exit() + ")\n")
            + fence
            + "\n";
    return Matcher.quoteReplacement(block);
  }
}
