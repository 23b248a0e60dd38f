package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.boot.Hello;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A security manager, as there was one until Java 23, and clients that come up at the end. */
class HostPolicyIT {

  private static final String ALL = " { permission java.security.AllPermission; };\n";

  @TempDir Path work;

  @Test
  @EnabledForJreRange(max = JRE.JAVA_23)
  void aPolicyThatGrantsTheAgentNothingLeavesTheHostRunningAndOneLineSaysWhatToGrant()
      throws IOException {
    ForkedJvm.Run run = underPolicy(host()).main(Hello.class).run();
    assertThat(run.exit()).as(run.stderr()).isEqualTo(3);
    assertThat(run.stdout().strip()).isEqualTo("hello, world");
    assertThat(run.stderr().lines())
        .filteredOn(line -> line.startsWith("mcp-auth-agent"))
        .singleElement()
        .asString()
        .contains("not watching this JVM")
        .contains("grant the agent's jar java.security.AllPermission");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_23)
  void withExactlyThatGrantTheAgentWatches() throws IOException {
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", ""))) {
      ForkedJvm.Run run =
          underPolicy(host() + grant(ForkedJvm.AGENT))
              .main(HostileHost.class, server.url("/mcp"))
              .run();
      assertThat(run.stdout().strip()).as(run.stderr()).isEqualTo("401");
      assertThat(run.stderr()).doesNotContain("not watching");
      assertThat(run.log().events("http.exchange")).as(run.stderr()).hasSize(1);
      assertThat(run.log().findings()).containsExactly("missing-resource-metadata");
    }
  }

  @Test
  void aClientThatComesUpInAShutdownHookWorksAndNothingMisleadingIsSaid() {
    try (RawServer server = RawServer.answering(request -> RawServer.response(200, "", "{}"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(work)
              .classPath(ForkedJvm.testClasses())
              .main(ClientAtExit.class, server.url("/mcp"))
              .run();
      assertThat(run.stdout().strip()).as(run.stderr()).isEqualTo("200");
      assertThat(run.stderr()).doesNotContain("not watching");
    }
  }

  private ForkedJvm underPolicy(String policy) throws IOException {
    Path file = Files.writeString(work.resolve("host.policy"), policy);
    return ForkedJvm.in(work)
        .classPath(ForkedJvm.testClasses())
        .jvm("-Djava.security.manager", "-Djava.security.policy==" + file);
  }

  /** The host may all that it needs; the agent's jar is another code source. */
  private static String host() {
    return grant(Path.of(ForkedJvm.testClasses()));
  }

  private static String grant(Path code) {
    String url = code.toAbsolutePath().normalize().toUri().toString();
    return "grant codeBase \"" + url + (Files.isDirectory(code) ? "-" : "") + "\"" + ALL;
  }
}
