package io.github.mcpauth.agent.log;

import io.github.mcpauth.rules.finding.Evidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the rules say into events, raw: they go to the redactor. */
public final class FindingEvents {

  /** A rule fired. */
  public static LogEvent found(Instant at, Finding finding) {
    return new LogEvent(EventName.FINDING, at, level(finding), fields(finding, 1));
  }

  /** It fired again. */
  public static LogEvent repeated(Instant at, Finding finding, long count) {
    return new LogEvent(EventName.FINDING_REPEATED, at, level(finding), fields(finding, count));
  }

  /**
   * It follows from an earlier finding.
   *
   * @param cause that one's rule
   * @param causedBy that one's exchange
   */
  public static LogEvent linked(Instant at, Finding finding, String cause, long causedBy) {
    Map<Field, @Nullable Object> fields = fields(finding, 1);
    fields.put(Field.FINDING_FOLLOWS, cause);
    fields.put(Field.FINDING_FOLLOWS_EXCHANGE, causedBy);
    return new LogEvent(EventName.FINDING_LINKED, at, LogLevel.INFO, fields);
  }

  private static LogLevel level(Finding finding) {
    return finding.severity() == Severity.ERROR
        ? LogLevel.ERROR
        : finding.severity() == Severity.WARNING ? LogLevel.WARN : LogLevel.INFO;
  }

  private static Map<Field, @Nullable Object> fields(Finding finding, long count) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.RULE, finding.rule());
    fields.put(Field.SEVERITY, finding.severity().label());
    fields.put(Field.CONFIDENCE, finding.confidence().label());
    fields.put(Field.ACTOR, finding.actor().label());
    fields.put(Field.TITLE, finding.title());
    fields.put(Field.FINDING_TEXT, finding.message());
    fields.put(Field.FINDING_QUOTE, finding.quote());
    fields.put(Field.EVIDENCE, evidence(finding));
    fields.put(Field.REMEDY, finding.remedy());
    fields.put(Field.SPEC, finding.spec());
    fields.put(Field.FIX_PROPERTY, finding.fixProperty());
    fields.put(Field.FIX_SAFETY, finding.fixSafety().label());
    fields.put(Field.SERVER_URL, LogEvents.url(finding.serverUrl()));
    fields.put(Field.COUNT, count);
    if (!finding.evidence().isEmpty()) {
      fields.put(Field.EXCHANGE_ID, finding.evidence().get(0).exchangeId());
    }
    for (Map.Entry<String, Object> detail : finding.details().entrySet()) {
      Field field = Field.of(detail.getKey());
      if (field != null) { // A test holds the rules to the fields that there are.
        fields.put(field, detail.getValue());
      }
    }
    return fields;
  }

  private static List<Map<String, Object>> evidence(Finding finding) {
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (Evidence each : finding.evidence()) {
      Map<String, Object> observation = new LinkedHashMap<>();
      observation.put("exchange", each.exchangeId());
      observation.put("where", each.where());
      observation.put("observed", each.observed());
      if (each.expected() != null) {
        observation.put("expected", each.expected());
      }
      evidence.add(observation);
    }
    return evidence;
  }

  /** An MCP server moved from one state to another. */
  public static LogEvent moved(Instant at, StateChange change) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.SERVER_URL, LogEvents.url(change.serverUrl()));
    fields.put(Field.SERVER_STATE, change.state().label());
    fields.put(Field.SERVER_PREVIOUS, change.previous() == null ? null : change.previous().label());
    fields.put(Field.SERVER_REASON, change.reason());
    fields.put(Field.SERVER_RETRYABLE, change.retryable() ? true : null);
    fields.put(Field.EXCHANGE_ID, change.exchangeId() == 0 ? null : change.exchangeId());
    return new LogEvent(EventName.SERVER_STATE, at, LogLevel.INFO, fields);
  }

  /** How an MCP server stands once nothing more happens. */
  public static LogEvent stands(Instant at, ServerStatus status) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.SERVER_URL, LogEvents.url(status.serverUrl()));
    fields.put(Field.SERVER_STATE, status.state().label());
    fields.put(Field.SERVER_REASON, status.rule());
    fields.put(Field.TITLE, status.why());
    fields.put(Field.CONFIDENCE, status.confidence().label());
    fields.put(Field.ACTOR, status.actor() == null ? null : status.actor().label());
    fields.put(Field.REMEDY, status.step() == null ? null : List.of(status.step()));
    fields.put(Field.EXCHANGE_ID, status.exchangeId() == 0 ? null : status.exchangeId());
    LogLevel level = status.isRecovered() ? LogLevel.INFO : LogLevel.WARN;
    return new LogEvent(EventName.SERVER_STATUS, at, level, fields);
  }

  /** A fix acted, would have, or did not. */
  public static LogEvent fixed(Instant at, FixReport report) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.RULE, report.rule());
    fields.put(Field.FIX_ACTION, report.action());
    fields.put(Field.FIX_MODE, report.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    fields.put(Field.EXCHANGE_ID, report.exchangeId());
    fields.put(Field.FIX_REASON, report.skipped());
    EventName name = report.skipped() == null ? EventName.FIX_APPLIED : EventName.FIX_SKIPPED;
    return new LogEvent(name, at, LogLevel.INFO, fields);
  }

  private FindingEvents() {}
}
