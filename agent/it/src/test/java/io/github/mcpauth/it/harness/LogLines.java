package io.github.mcpauth.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The lines that the agent wrote, parsed. */
public record LogLines(List<JsonNode> lines) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("../log.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every line of the {@code *.jsonl} files of a folder; fails on one that is not JSON, or does not
   * keep to the published schema of the log.
   */
  public static LogLines readFolder(Path folder) {
    LogLines log = readAny(folder);
    for (JsonNode line : log.lines) {
      String text = line.toString();
      assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }
    return log;
  }

  /** Likewise, of an agent whose log may have another schema. */
  static LogLines readAny(Path folder) {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LogLines(lines);
  }

  public List<JsonNode> events(String name) {
    return lines.stream().filter(line -> name.equals(line.path("event.name").asText())).toList();
  }

  /** The rules of all findings, in order. */
  public List<String> findings() {
    return events("finding").stream().map(line -> line.path("mcpauth.rule").asText()).toList();
  }

  /** The states of all MCP servers, in order. */
  public List<String> states() {
    return events("server.state").stream()
        .map(line -> line.path("mcpauth.server.state").asText())
        .toList();
  }
}
