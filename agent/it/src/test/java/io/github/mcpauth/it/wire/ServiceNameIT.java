package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.LogLines;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a real JVM, each line says whose it is, as OpenTelemetry's variables have it. */
class ServiceNameIT {

  @TempDir Path folder;

  @Test
  void everyLineHasTheNamesThatOpenTelemetryWasGiven() throws IOException {
    LogLines log =
        log(
            program()
                .env("OTEL_SERVICE_NAME", "chat host")
                .env(
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "service.name=other,host.name=node%2D7,api.key=Kd7fQ2-xW9_mZ4.vB6tR1"));
    assertThat(values(log, "service.name")).containsExactly("chat host");
    assertThat(values(log, "host.name")).containsExactly("node-7");
    assertThat(log.lines().toString()).doesNotContain("Kd7fQ2");
  }

  @Test
  void theAttributeCountsWhereThereIsNoName() throws IOException {
    LogLines log =
        log(
            program()
                .env(
                    "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=x,service.name=caf%C3%A9"));
    assertThat(values(log, "service.name")).containsExactly("café");
  }

  @Test
  void thePropertiesOfItsJavaAgentWin() throws IOException {
    LogLines log =
        log(
            program()
                .env("OTEL_SERVICE_NAME", "one")
                .jvm(
                    "-Dotel.service.name=two",
                    "-Dotel.resource.attributes=host.name=h,service.name=three"));
    assertThat(values(log, "service.name")).containsExactly("two");
    assertThat(values(log, "host.name")).containsExactly("h");
  }

  @Test
  void aFindingNamesTheExchangeThatItRestsOn() throws IOException {
    LogLines log = log(program());
    Set<String> exchanges =
        log.events("http.exchange").stream()
            .map(line -> line.path("mcpauth.exchange.id").asText())
            .collect(Collectors.toSet());
    List<JsonNode> findings = log.events("finding");
    assertThat(findings).isNotEmpty();
    for (JsonNode finding : findings) {
      assertThat(exchanges).contains(finding.path("mcpauth.exchange.id").asText());
    }
  }

  private ForkedJvm program() {
    return ForkedJvm.in(folder).classPath(ForkedJvm.testClasses());
  }

  private static LogLines log(ForkedJvm jvm) throws IOException {
    String refusal = RawServer.response(403, "Content-Type: text/plain", "not for you");
    try (RawServer server = RawServer.answering(request -> refusal)) {
      return jvm.main(OneCall.class, server.origin() + "/mcp").run().log();
    }
  }

  private static Set<String> values(LogLines log, String field) {
    assertThat(log.lines()).hasSizeGreaterThan(3);
    return log.lines().stream().map(line -> line.path(field).asText()).collect(Collectors.toSet());
  }
}
