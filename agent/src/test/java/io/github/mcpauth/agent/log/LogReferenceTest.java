package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reference of the log and its schema are what the code says; {@code
 * -Dmcpauth.docs.update=true} writes them.
 */
class LogReferenceTest {

  private static final Path PAGE = Path.of("LOG.md");
  private static final Path SCHEMA = Path.of("log.schema.json");
  private static final String GENERATED =
      "<!-- From here on generated: see LogReferenceTest. -->\n\n";
  private static final Pattern FIELD = Pattern.compile("\"(mcpauth\\.[a-z_.]+[a-z])\"");

  @Test
  void thePageIsGeneratedFromTheFieldsAndTheEvents() throws IOException {
    String page = Files.readString(PAGE);
    int end = page.indexOf(GENERATED);
    assertThat(end).isPositive();
    String expected = page.substring(0, end) + GENERATED + LogReference.tables();
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void theSchemaIsGeneratedLikewise() throws IOException {
    ObjectMapper json =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    String expected = json.writeValueAsString(LogReference.schema()) + "\n";
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(SCHEMA, expected);
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(expected);
  }

  @Test
  void noFieldIsTheBeginningOfAnother() {
    for (Field field : Field.values()) {
      assertThat(Stream.of(Field.values()).map(Field::key))
          .noneMatch(other -> other.startsWith(field.key() + "."));
    }
  }

  @Test
  void everyFieldBelongsToAnEvent() {
    Set<Field> used = new TreeSet<>(EventName.ENVELOPE);
    used.addAll(EventName.SOMETIMES);
    for (EventName event : EventName.values()) {
      used.addAll(event.required());
      used.addAll(event.optional());
    }
    assertThat(used).containsExactly(Field.values());
  }

  /** Rules name fields of their own, as they know no module but themselves. */
  @Test
  void everyDetailOfARuleIsAFieldOfTheLog() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("../rules/src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher matcher = FIELD.matcher(Files.readString(file));
        while (matcher.find()) {
          named.add(matcher.group(1));
        }
      }
    }
    assertThat(named).isNotEmpty().allMatch(name -> Field.of(name) != null);
  }

  /** The names of fields stand in one place. */
  @Test
  void noOtherClassOfTheAgentNamesAField() throws IOException {
    Set<String> naming = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher matcher = FIELD.matcher(Files.readString(file));
        while (matcher.find()) {
          if (Field.of(matcher.group(1)) != null && !file.endsWith("log/Field.java")) {
            naming.add(file + ": " + matcher.group(1));
          }
        }
      }
    }
    assertThat(naming).isEmpty();
  }
}
