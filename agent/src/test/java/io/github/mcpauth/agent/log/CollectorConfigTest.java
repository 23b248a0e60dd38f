package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the collector's configuration to the schema of the log: no field that is not there. */
class CollectorConfigTest {

  private static final Path CONFIG = Path.of("../docs/otel/collector.yaml");
  private static final Path PAGE = Path.of("../docs/observability.md");
  private static final Pattern ATTRIBUTE = Pattern.compile("attributes\\[\"([^\"]+)\"\\]");
  private static final Pattern FIELD =
      Pattern.compile(
          "@timestamp|(?:mcpauth|event|log|service|host)\\.[a-z_.]+[a-z]|(?:trace|span)_id");

  /** A setting, a folder, a component of a shipper's, and a file. */
  private static final String NO_FIELD =
      "mcpauth\\.(?:log\\.file|d/\\S+|receiver|targets)|log\\.schema\\.json";

  private final JsonNode config = new YAMLMapper().readTree(CONFIG.toFile());
  private final JsonNode schema = new JsonMapper().readTree(Path.of("log.schema.json").toFile());

  private JsonNode operators() {
    return config.at("/receivers/filelog~1mcpauth/operators");
  }

  private Set<String> fields() {
    return new TreeSet<>(schema.get("properties").propertyNames());
  }

  @Test
  void eachFieldThatItNamesExists() throws IOException {
    Set<String> named = named(Files.readString(CONFIG));
    assertThat(named).contains("@timestamp", "log.level", "message", "event.name", "trace_id");
    assertThat(fields()).containsAll(named);
  }

  private static Set<String> named(String text) {
    Set<String> named = new TreeSet<>();
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.find()) {
      named.add(attribute.group(1));
    }
    return named;
  }

  @Test
  void eachValueThatItComparesWithIsOneThatTheFieldHas() throws IOException {
    Matcher compared =
        Pattern.compile("attributes\\[\"event.name\"\\] [!=]= \"([^\"]+)\"")
            .matcher(Files.readString(CONFIG));
    List<String> events = new ArrayList<>();
    while (compared.find()) {
      events.add(compared.group(1));
    }
    assertThat(events).containsExactly("finding", "server.status");
    assertThat(events).allSatisfy(event -> assertThat(EventName.of(event)).isNotNull());
  }

  /** The collector complains of each line that lacks what is moved or removed. */
  @Test
  void whatMayBeMissingIsAskedForFirst() {
    Set<String> always = new TreeSet<>();
    schema.get("required").forEach(name -> always.add(name.asString()));
    int optional = 0;
    for (JsonNode operator : operators()) {
      String moved = operator.path("from").asString(operator.path("field").asString(""));
      Set<String> fields = named(moved);
      if (!always.containsAll(fields)) {
        optional++;
        assertThat(operator.path("if").asString("")).as(moved).isEqualTo(moved + " != nil");
      } else {
        assertThat(operator.has("if")).as(moved).isFalse();
      }
    }
    assertThat(optional).isPositive();
  }

  /** An operator that comes later cannot ask for what an earlier one took away. */
  @Test
  void nothingIsAskedForThatIsGone() {
    Set<String> gone = new TreeSet<>(Set.of("nothing yet"));
    for (JsonNode operator : operators()) {
      assertThat(named(operator.toString().replace("\\\"", "\"")))
          .doesNotContainAnyElementsOf(gone);
      gone.addAll(named(operator.path("from").asString(operator.path("field").asString(""))));
    }
    assertThat(gone).contains("@timestamp", "message", "process.pid");
  }

  @Test
  void theTimeHasTheFormOfTheLog() {
    JsonNode parser = operators().get(0).get("timestamp");
    assertThat(parser.get("layout_type").asString()).isEqualTo("gotime");
    // Go's reference time, with as many digits as the log has, and Z.
    java.time.Instant reference = java.time.Instant.parse("2006-01-02T15:04:05.999999Z");
    assertThat(parser.get("layout").asString()).isEqualTo(Timestamp.of(reference) + "07:00");
  }

  @Test
  void theSeveritiesAreThoseThatTheCollectorKnows() {
    assertThat(LogLevel.values())
        .extracting(Enum::name)
        .isSubsetOf("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
  }

  @Test
  void pipelinesAreMadeOfWhatIsDefined() {
    JsonNode pipeline = config.at("/service/pipelines/logs~1mcpauth");
    for (String kind : List.of("receivers", "processors", "exporters")) {
      Set<String> used = new TreeSet<>();
      pipeline.get(kind).forEach(each -> used.add(each.asString()));
      assertThat(used).as(kind).isEqualTo(new TreeSet<>(config.get(kind).propertyNames()));
    }
  }

  /** And so does the page that has the other shippers. */
  @Test
  void eachFieldThatThePageNamesExists() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher field = FIELD.matcher(Files.readString(PAGE).replaceAll(NO_FIELD, ""));
    while (field.find()) {
      named.add(field.group());
    }
    assertThat(named).contains("mcpauth.rule", "mcpauth.request.headers", "event.name");
    assertThat(fields()).containsAll(named);
  }
}
