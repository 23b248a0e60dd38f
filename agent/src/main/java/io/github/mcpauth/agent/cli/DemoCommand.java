package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * Runs the demo, which is a jar of its own: it has a real host and a real server in it, and with
 * their libraries the agent's jar would be three times as large.
 */
@Command(
    name = "demo",
    description = {
      "Runs the demo: four hosts fail, the agent says why, and where there is a fix it repairs.",
      "Needs mcp-auth-demo.jar beside this jar; mvn -Pdemo package builds and runs it."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar mcp-auth-agent.jar demo",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all went as told", "1:something did not", "2:the demo's jar is not there"})
final class DemoCommand implements Callable<Integer> {

  private static final String JAR = "mcp-auth-demo.jar";

  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path demo = demo();
    terminal.remark("demo: " + demo);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "-jar", demo.toString()).inheritIO().start().waitFor();
  }

  /** Beside the agent's jar, or where Maven leaves it. */
  private static Path demo() {
    Path folder = folder();
    if (folder != null) {
      for (Path each :
          new Path[] {folder.resolve(JAR), folder.resolve("../../demo/target").resolve(JAR)}) {
        if (Files.isRegularFile(each)) {
          return each.normalize();
        }
      }
    }
    throw new UsageException(
        "no " + JAR + " beside this jar; get it where you got this one, or mvn -Pdemo package");
  }

  private static @Nullable Path folder() {
    try {
      CodeSource source = DemoCommand.class.getProtectionDomain().getCodeSource();
      Path jar = source == null ? null : Path.of(source.getLocation().toURI());
      return jar == null ? null : jar.toAbsolutePath().getParent();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
