package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.check.ModelServer;
import io.github.mcpauth.agent.recording.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    try (Servers servers = new Servers()) {
      return shown(found, servers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(MatchResult found, Servers servers) throws IOException {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(found.group(1));
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      boolean log = text.endsWith(".jsonl");
      words.add(
          log
              ? Recordings.log(text.substring(0, text.length() - 6)).toString()
              : text.startsWith("server:") ? servers.url(text.substring(7)) : text);
    }
    Typed typed = Typed.onEightyColumns(words.toArray(new String[0]));
    String printed = typed.out().replace("src/test/resources/recordings/", "").stripTrailing();
    String out = servers.alike(printed);
    String shown = servers.isEmpty() ? found.group(1) : servers.alike(String.join(" ", words));
    String version = Main.version();
    String fence = out.contains("```") ? "````" : "```";
    String block =
        "<!-- mcp-auth-agent "
            + found.group(1)
            + " -->\n\n"
            + fence
            + "text\n$ mcp-auth-agent "
            + shown
            + "\n"
            + out.replace(version, "<version>").replace("0.1.0-SNAPSHOT", "<version>")
            + "\n"
            + (typed.exit() == 0 ? "" : "(exit code " + typed.exit() + ")\n")
            + fence
            + "\n";
    return Matcher.quoteReplacement(block);
  }

  /** Servers that are checked: their ports and times are another one each time. */
  private static final class Servers implements AutoCloseable {

    private static final String ALIKE = "127.0.0.1:43210";

    private final List<ModelServer> started = new ArrayList<>();

    boolean isEmpty() {
      return started.isEmpty();
    }

    String url(String kind) throws IOException {
      ModelServer server =
          ModelServer.but(
              (request, its) ->
                  switch (kind) {
                    case "open" ->
                        request.path().equals("/mcp")
                            ? its.mcp(request)
                            : ModelServer.response(404, "", "");
                    case "no-pkce" ->
                        request.path().equals("/.well-known/oauth-authorization-server")
                            ? ModelServer.json(200, its.issuerWithoutPkce())
                            : null;
                    default -> null;
                  });
      started.add(server);
      return server.url();
    }

    String alike(String text) {
      String same = text.replaceAll(", \\d+ ms", ", 5 ms");
      for (ModelServer server : started) {
        same = same.replace(server.origin().substring("http://".length()), ALIKE);
      }
      return same;
    }

    @Override
    public void close() throws IOException {
      for (ModelServer server : started) {
        server.close();
      }
    }
  }
}
