package io.github.mcpauth.rules.finding;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cause that a rule found, with what a person needs to act on it.
 *
 * @param title the rule's, without values
 * @param message what was seen, with its values; redacted before it is shown
 * @param quote what the server itself says of it, or null; redacted before it is shown
 * @param serverUrl the MCP server that it concerns, or null
 * @param remedy ordered steps
 * @param spec the clause it rests on
 * @param fixProperty the property that would repair this very cause, or null
 * @param details further fields of its own, by their log name
 * @param subject what repeats are folded by, beside the rule and the server; empty for one a server
 */
public record Finding(
    String rule,
    Severity severity,
    Confidence confidence,
    Actor actor,
    String title,
    String message,
    @Nullable String quote,
    @Nullable String serverUrl,
    List<Evidence> evidence,
    List<String> remedy,
    String spec,
    @Nullable String fixProperty,
    FixSafety fixSafety,
    Map<String, Object> details,
    String subject) {

  /** The same finding with the times when it was seen first and last. */
  public Finding again(Instant first, Instant last) {
    Map<String, Object> times = new HashMap<>(details);
    times.put("mcpauth.first_seen", first.toString());
    times.put("mcpauth.last_seen", last.toString());
    return with(severity, times);
  }

  /** The same finding as a note: a fix has repaired what it tells of. */
  public Finding repaired() {
    return with(Severity.NOTE, details);
  }

  /** The same finding with what the server says, unless it quotes it already. */
  public Finding quoting(@Nullable String said) {
    return quote == null && said != null ? with(severity, details, said) : this;
  }

  private Finding with(Severity otherSeverity, Map<String, Object> otherDetails) {
    return with(otherSeverity, otherDetails, quote);
  }

  private Finding with(
      Severity otherSeverity, Map<String, Object> otherDetails, @Nullable String otherQuote) {
    return new Finding(
        rule,
        otherSeverity,
        confidence,
        actor,
        title,
        message,
        otherQuote,
        serverUrl,
        evidence,
        remedy,
        spec,
        fixProperty,
        fixSafety,
        otherDetails,
        subject);
  }
}
