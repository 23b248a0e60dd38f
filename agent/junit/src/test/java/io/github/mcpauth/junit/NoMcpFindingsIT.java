package io.github.mcpauth.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.junit.Fork.Outcome;
import io.github.mcpauth.junit.sample.AroundSample;
import io.github.mcpauth.junit.sample.FindingsSample;
import io.github.mcpauth.junit.sample.ManyLinesSample;
import io.github.mcpauth.junit.sample.MethodSample;
import io.github.mcpauth.junit.sample.NoAgentSample;
import io.github.mcpauth.junit.sample.ParallelSample;
import io.github.mcpauth.junit.sample.SpringOnceSample;
import io.github.mcpauth.junit.sample.SpringSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with the annotation, run by JUnit's test kit in JVMs that the packaged agent watches. */
class NoMcpFindingsIT {

  private static final String FORBIDDEN = "mcpauth: error [forbidden-on-connect] ";

  private final Path work;

  NoMcpFindingsIT(@TempDir Path work) {
    this.work = work;
  }

  @Test
  void aTestFailsWithWhatWasFoundWhileItRan() {
    Outcome tests = Fork.in(work).run(FindingsSample.class);

    assertThat(tests.of("healthy")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("refused")).isEqualTo("FAILED");
    assertThat(tests.textOf("refused"))
        .contains("AssertionError: 1 MCP finding while this test ran:")
        .contains(FORBIDDEN)
        .contains("mcpauth:   who:      the MCP server must act")
        .contains("mcpauth:   do:       ")
        .contains("mcpauth:   log:      " + work.resolve("mcpauth.jsonl"))
        .doesNotContain("At the same time");
    assertThat(tests.of("healthyAfterRefused")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("refusedAgain")).contains(FORBIDDEN);
    assertThat(tests.of("refusedAsExpected")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("refusedOtherwiseThanExpected")).contains(FORBIDDEN);
    assertThat(tests.textOf("warned")).contains("mcpauth: warning [oversized-request-headers] ");
    assertThat(tests.of("warnedOfWhatIsNotMinded")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("failsByItselfToo"))
        .startsWith("java.lang.AssertionError: of its own")
        .contains("Suppressed: java.lang.AssertionError: 1 MCP finding")
        .contains(FORBIDDEN);
    assertThat(tests.allOf("parameterized")).containsExactly("SUCCESSFUL", "FAILED");
    assertThat(tests.textOf("innerRefused")).contains(FORBIDDEN);
    assertThat(tests.of("innerHealthy")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("class FindingsSample")).isEqualTo("SUCCESSFUL");
    whatIsDecidedLateIsWaitedForAndBelongsToWhoSetItOff(tests);
  }

  private static void whatIsDecidedLateIsWaitedForAndBelongsToWhoSetItOff(Outcome tests) {
    assertThat(tests.textOf("decidedLate")).contains("[missing-resource-metadata] ");
    assertThat(tests.of("impatient")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("afterTheImpatient")).isEqualTo("SUCCESSFUL");
    assertThat(tests.log())
        .as("it was told while the one after it ran")
        .filteredOn(line -> line.contains("\"finding\"") && line.contains("missing-resource"))
        .hasSize(2);
  }

  @Test
  void whatComesBeforeTheFirstTestIsItsOwnAndAfterTheLastTheClasss() {
    Outcome tests = Fork.in(work).run(AroundSample.class);

    assertThat(tests.textOf("first")).contains(FORBIDDEN);
    assertThat(tests.of("second")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("class AroundSample"))
        .contains("1 MCP finding while this class was set up or taken down:")
        .contains(FORBIDDEN);
  }

  @Test
  void onAMethodItHoldsForThatMethodAlone() {
    Outcome tests = Fork.in(work).run(MethodSample.class);

    assertThat(tests.textOf("beforeIsBad")).contains(FORBIDDEN);
    assertThat(tests.textOf("afterIsBad")).contains(FORBIDDEN);
    assertThat(tests.of("isFine")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("beforeIsBadAndNotMinded")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void soItDoesWithOneInstanceForAllTests() {
    Outcome tests = Fork.in(work).run(SpringOnceSample.class);

    assertThat(tests.textOf("contextLoads")).contains(FORBIDDEN);
    assertThat(tests.of("other")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("class SpringOnceSample")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void withJUnit6ItIsTheSame() {
    Outcome tests = Fork.in(work).newest().run(AroundSample.class);

    assertThat(tests.textOf("first")).contains(FORBIDDEN);
    assertThat(tests.of("second")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("class AroundSample")).contains(FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.9", "5.10", "5.13"})
  void withAnOlderJUnit5ItIsTheSame(String version) {
    Outcome tests =
        Fork.in(work).junit(version).run(MethodSample.class, AroundSample.class.getName());

    assertThat(tests.printed()).contains("JUnit Jupiter " + version + ".");
    assertThat(tests.textOf("first")).contains(FORBIDDEN);
    assertThat(tests.of("second")).isEqualTo("SUCCESSFUL");
    assertThat(tests.textOf("class AroundSample")).contains(FORBIDDEN);
    assertThat(tests.textOf("beforeIsBad")).contains(FORBIDDEN);
    assertThat(tests.of("isFine")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void testsAtTheSameTimeNameEachOther() {
    Outcome tests =
        Fork.in(work)
            .run(
                ParallelSample.class,
                "junit.jupiter.execution.parallel.enabled=true",
                "junit.jupiter.execution.parallel.config.strategy=fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism=2");

    assertThat(tests.textOf("refusedBeside"))
        .contains(FORBIDDEN)
        .contains("At the same time ran ParallelSample.innocent()");
    assertThat(tests.textOf("innocent"))
        .contains(FORBIDDEN)
        .contains("At the same time ran ParallelSample.refusedBeside()");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSpringBootApplicationsStartBelongsToItsFirstTest(boolean newest) {
    Fork fork = newest ? Fork.in(work).newest() : Fork.in(work);
    Outcome tests = fork.run(SpringSample.class);

    assertThat(tests.printed()).contains(newest ? "(v4.0" : "(v3.5");
    assertThat(tests.textOf("contextLoads")).contains(FORBIDDEN);
    assertThat(tests.of("other")).isEqualTo("SUCCESSFUL");
    assertThat(tests.of("class SpringSample")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void withoutAnAgentItFailsIsSkippedOrRuns() {
    Outcome tests = Fork.in(work).withoutAgent().run(NoAgentSample.class);

    assertThat(tests.of("fails")).isEqualTo("FAILED");
    assertThat(tests.textOf("fails"))
        .contains("mcp-auth-agent is not in this JVM")
        .contains("-javaagent:/path/to/mcp-auth-agent.jar")
        .doesNotContain("it ran");
    assertThat(tests.of("skips")).isEqualTo("ABORTED");
    assertThat(tests.of("runs")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void anAgentThatDoesNotWatchIsNoAgent() {
    Outcome off = Fork.in(work).set("enabled", "false").run(NoAgentSample.class);
    Outcome unloaded = Fork.in(work).withoutAgent().jarOnClassPath().run(NoAgentSample.class);

    for (Outcome tests : List.of(off, unloaded)) {
      assertThat(tests.textOf("fails"))
          .contains("mcp-auth-agent does not watch this JVM")
          .doesNotContain("it ran");
      assertThat(tests.of("skips")).isEqualTo("ABORTED");
      assertThat(tests.of("runs")).isEqualTo("SUCCESSFUL");
    }
  }

  @Test
  void aLogThatIsRolledMeanwhileIsReadOn() {
    Outcome tests =
        Fork.in(work)
            .set("log.max-size", "16KiB")
            .set("log.max-files", "100")
            .run(ManyLinesSample.class);

    assertThat(tests.logs()).as("files").hasSizeGreaterThan(6);
    assertThat(tests.of("first")).isEqualTo("SUCCESSFUL");
    assertThat(tests.allOf("next")).containsExactly("FAILED", "FAILED");
    assertThat(tests.textOf("next")).contains("1 MCP finding while").contains(FORBIDDEN);
    assertThat(tests.of("quietAtLast")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void aLogThatCannotBeWrittenIsNoAllClear() {
    Outcome tests = Fork.in(work).set("log.file", work.toString()).run(AroundSample.class);

    assertThat(tests.textOf("first"))
        .contains("Whether there are (more) MCP findings while this test ran cannot be said")
        .contains("the agent cannot write its log");
  }
}
