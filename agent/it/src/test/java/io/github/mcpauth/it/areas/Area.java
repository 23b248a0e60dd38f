package io.github.mcpauth.it.areas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.LogLines;
import io.github.mcpauth.it.peers.JavaSdkHost;
import io.github.mcpauth.it.peers.LangChain4jHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Real hosts against a site with one fault each: the one finding, and the state with its reason.
 * Some hosts of an area run at the same time.
 */
final class Area {

  /** A program in a JVM of its own. */
  private record Case(
      String name,
      Class<?> program,
      Site site,
      List<String> arguments,
      String finding,
      String end) {}

  private static final int AT_ONCE = 2; // For each of several classes at the same time.

  private final Path folder;
  private final List<Case> cases = new ArrayList<>();

  Area(Path folder) {
    this.folder = folder;
  }

  /** The MCP Java SDK on java.net.http. */
  Area javaSdk(String name, Site site, String finding, String end, String... arguments) {
    return add(name, JavaSdkHost.class, site, finding, end, arguments);
  }

  /** LangChain4j: its streamable transport is on java.net.http, {@code sse} on OkHttp. */
  Area langChain4j(String name, Site site, String finding, String end, String... arguments) {
    return add(name, LangChain4jHost.class, site, finding, end, arguments);
  }

  /** The MCP Kotlin SDK on the newest OkHttp, which does its OAuth with OkHttp. */
  Area kotlinSdk(String name, Site site, String finding, String end, String... steps) {
    return add(name, KotlinSdkHost.class, site, finding, end, steps);
  }

  /** A host of one's own on OkHttp. */
  Area okHttp(String name, Site site, String finding, String end, String... steps) {
    return add(name, OAuthProgram.class, site, finding, end, steps);
  }

  /**
   * @param finding {@code rule} or {@code rule(cause)}, and the status that it was seen in, if any;
   *     empty for none
   * @param end the last state, with its reason and {@code again} where retrying may help
   */
  private Area add(
      String name, Class<?> program, Site site, String finding, String end, String... arguments) {
    String first = program == OAuthProgram.class ? site.url("") : site.url("/mcp");
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(arguments));
    cases.add(new Case(name, program, site, all, finding, end));
    return this;
  }

  Stream<DynamicTest> tests() {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    List<DynamicTest> tests = new ArrayList<>();
    List<CompletableFuture<?>> runs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      Path work = folder.resolve("case" + i);
      CompletableFuture<ForkedJvm.Run> run =
          CompletableFuture.supplyAsync(
              () ->
                  jvm(work, each.program())
                      .main(each.program(), each.arguments().toArray(new String[0]))
                      .run(),
              pool);
      runs.add(run);
      String name = each.program().getSimpleName() + ": " + each.name();
      tests.add(DynamicTest.dynamicTest(name, () -> check(each, run.join())));
    }
    pool.shutdown();
    // One test alone may be run again, and the folder is deleted when it has ended.
    return tests.stream().onClose(() -> runs.forEach(run -> run.exceptionally(e -> null).join()));
  }

  private static ForkedJvm jvm(Path work, Class<?> program) {
    ForkedJvm jvm = ForkedJvm.in(work);
    return program == KotlinSdkHost.class ? jvm.classPath(ForkedJvm.newestOkHttp()) : jvm;
  }

  private static void check(Case each, ForkedJvm.Run run) {
    each.site().close();
    String context = run.stdout() + run.stderr() + run.log().lines();
    List<JsonNode> found = run.log().events("finding");
    if (each.finding().isEmpty()) {
      assertThat(found).as(context).isEmpty();
    } else {
      String[] expected = each.finding().split(" ");
      assertThat(found).as(context).extracting(Area::finding).containsExactly(expected[0]);
      assertThat(found.get(0).path("mcpauth.server.url").asText())
          .as(context)
          .startsWith(each.site().url("/mcp"));
      if (expected.length > 1) {
        assertThat(status(found.get(0), run.log())).as(context).isEqualTo(expected[1]);
      }
    }
    assertThat(lastState(run.log())).as(context).isEqualTo(each.end());
    assertThat(run.log().events("agent.error")).isEmpty();
  }

  private static String finding(JsonNode line) {
    String cause = line.path("mcpauth.cause").asText();
    return line.path("mcpauth.rule").asText() + (cause.isEmpty() ? "" : "(" + cause + ")");
  }

  /** That of the exchange which the finding's evidence begins with. */
  private static String status(JsonNode finding, LogLines log) {
    String id = finding.path("mcpauth.evidence").path(0).path("exchange").asText();
    return log.events("http.exchange").stream()
        .filter(line -> line.path("mcpauth.exchange.id").asText().equals(id))
        .map(line -> line.path("http.response.status_code").asText())
        .findFirst()
        .orElse("");
  }

  private static String lastState(LogLines log) {
    List<JsonNode> states = log.events("server.state");
    if (states.isEmpty()) {
      return "";
    }
    JsonNode last = states.get(states.size() - 1);
    String reason = last.path("mcpauth.server.reason").asText();
    return last.path("mcpauth.server.state").asText()
        + (reason.isEmpty() ? "" : " " + reason)
        + (last.path("mcpauth.server.retryable").asBoolean() ? " again" : "");
  }
}
