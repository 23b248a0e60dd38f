package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds lines against the published schema of the log. */
public final class LogSchema {

  private static final Schema SCHEMA = read();

  private static Schema read() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("log.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every line of a log; returns them. */
  public static List<String> checked(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    lines.forEach(LogSchema::check);
    return lines;
  }

  public static void check(String line) {
    assertThat(SCHEMA.validate(line, InputFormat.JSON)).as(line).isEmpty();
  }

  private LogSchema() {}
}
