package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host whose own SLF4J, Logback, Jackson, Byte Buddy, logback.xml, services and context class
 * loader would all break the agent if they could reach it.
 */
class HostLibrariesIT {

  private static final String[] CLASSES = {
    "org.slf4j.LoggerFactory",
    "org.slf4j.spi.SLF4JServiceProvider",
    "ch.qos.logback.classic.Logger",
    "ch.qos.logback.classic.LoggerContext",
    "ch.qos.logback.classic.spi.Configurator",
    "com.fasterxml.jackson.core.JsonFactory",
    "com.fasterxml.jackson.core.JsonParser",
    "com.fasterxml.jackson.databind.ObjectMapper",
    "net.bytebuddy.jar.asm.ClassReader",
    "io.github.mcpauth.rules.engine.Diagnosis",
    "io.github.mcpauth.agent.recorder.RecorderThread"
  };

  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}";

  @TempDir Path folder;

  @Test
  void theHostsOwnLibrariesCannotReachTheAgent() throws IOException {
    Path hostile = hostileClasses();
    try (RawServer server =
        RawServer.answering(
            request -> RawServer.response(200, "Content-Type: application/json", RESULT))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("run"))
              .classPath(hostile + File.pathSeparator + ForkedJvm.testClasses())
              .main(HostileHost.class, server.url("/mcp"))
              .run();
      assertThat(run.stdout()).isEqualToIgnoringNewLines("200");
      assertThat(run.stderr()).doesNotContain("touched");
      assertThat(run.exit()).isZero();
      assertThat(run.log().events("http.exchange")).hasSize(1);
      assertThat(run.log().events("mcp.message")).hasSize(2);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
    assertThat(folder.resolve("run").resolve("host-was-here.log")).doesNotExist();
  }

  /** Classes that say that they were touched, and throw. */
  private Path hostileClasses() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path target = Files.createDirectories(folder.resolve("hostile"));
    for (String name : CLASSES) {
      int dot = name.lastIndexOf('.');
      String simple = name.substring(dot + 1);
      Path file =
          Files.createDirectories(source.resolve(name.substring(0, dot))).resolve(simple + ".java");
      Files.writeString(
          file,
          "package "
              + name.substring(0, dot)
              + "; public class "
              + simple
              + " { static { System.err.println(\"touched "
              + name
              + "\"); if (true) throw new Error(\"touched\"); } }");
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", target.toString(), "--release", "17", file.toString());
      assertThat(result).isZero();
    }
    Path services = Files.createDirectories(target.resolve("META-INF/services"));
    for (String service :
        new String[] {
          "org.slf4j.spi.SLF4JServiceProvider",
          "ch.qos.logback.classic.spi.Configurator",
          "com.fasterxml.jackson.core.JsonFactory"
        }) {
      Files.writeString(services.resolve(service), service);
    }
    Files.writeString(
        target.resolve("logback.xml"),
        """
        <configuration debug="true">
          <appender name="HOST" class="ch.qos.logback.core.FileAppender">
            <file>host-was-here.log</file><encoder><pattern>%msg%n</pattern></encoder>
          </appender>
          <root level="TRACE"><appender-ref ref="HOST"/></root>
        </configuration>
        """);
    return target;
  }
}
