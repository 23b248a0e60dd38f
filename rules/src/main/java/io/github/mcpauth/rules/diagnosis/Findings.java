package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.journey.Journey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a finding together, starting from what its rule says of itself. */
public final class Findings {

  private final RuleInfo info;
  private final @Nullable Journey journey;
  private Severity severity;
  private Confidence confidence = Confidence.CERTAIN;
  private Actor actor;
  private String message = "";
  private String subject = "";
  private boolean repairable;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<String> remedy = new ArrayList<>();
  private final Map<String, Object> details = new LinkedHashMap<>();

  private Findings(RuleInfo info, @Nullable Journey journey) {
    this.info = info;
    this.journey = journey;
    this.severity = info.severity();
    this.actor = info.actor();
  }

  public static Findings of(RuleInfo info, @Nullable Journey journey) {
    return new Findings(info, journey);
  }

  public Findings severity(Severity value) {
    severity = value;
    return this;
  }

  public Findings confidence(Confidence value) {
    confidence = value;
    return this;
  }

  public Findings actor(Actor value) {
    actor = value;
    return this;
  }

  public Findings message(String text) {
    message = text;
    return this;
  }

  /** What repeats are folded by, beside rule and server. */
  public Findings subject(String text) {
    subject = text;
    return this;
  }

  public Findings saw(long exchangeId, String where, String observed, @Nullable String expected) {
    evidence.add(new Evidence(exchangeId, where, observed, expected));
    return this;
  }

  /** The sub-cause, kebab-case: {@code mcpauth.cause}; repeats are folded by it as well. */
  public Findings cause(String name) {
    subject = subject.isEmpty() ? name : subject;
    return detail("mcpauth.cause", name);
  }

  /** The last step: what the fix of the rule would do. */
  public Findings fixStep(String does) {
    return step("Until then, in this JVM: -D" + info.fixProperty() + "=on " + does);
  }

  /** One more step of the remedy; one that names the rule's property offers its fix. */
  public Findings step(String text) {
    String property = info.fixProperty();
    repairable |= property != null && text.contains(property);
    remedy.add(text);
    return this;
  }

  public Findings detail(String name, Object value) {
    details.put(name, value);
    return this;
  }

  public Finding build() {
    return new Finding(
        info.name(),
        severity,
        confidence,
        actor,
        info.title(),
        message,
        journey == null ? null : journey.url(),
        List.copyOf(evidence),
        List.copyOf(remedy),
        info.spec(),
        repairable ? info.fixProperty() : null,
        repairable ? info.fixSafety() : FixSafety.NONE,
        Map.copyOf(details),
        subject);
  }
}
