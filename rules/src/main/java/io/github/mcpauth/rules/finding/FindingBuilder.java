package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a finding together, starting from what its rule says of itself. */
public final class FindingBuilder {

  private final RuleInfo info;
  private final @Nullable McpServer server;
  private Severity severity;
  private Confidence confidence = Confidence.CERTAIN;
  private Actor actor;
  private String message = "";
  private @Nullable String quote;
  private String subject = "";
  private boolean repairable;
  private RuleInfo fix;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<String> remedy = new ArrayList<>();
  private final Map<String, Object> details = new LinkedHashMap<>();

  private FindingBuilder(RuleInfo info, @Nullable McpServer server) {
    this.info = info;
    this.fix = info;
    this.server = server;
    this.severity = info.severity();
    this.actor = info.actor();
  }

  public static FindingBuilder of(RuleInfo info, @Nullable McpServer server) {
    return new FindingBuilder(info, server);
  }

  public FindingBuilder severity(Severity value) {
    severity = value;
    return this;
  }

  public FindingBuilder confidence(Confidence value) {
    confidence = value;
    return this;
  }

  public FindingBuilder actor(Actor value) {
    actor = value;
    return this;
  }

  public FindingBuilder message(String text) {
    message = text;
    return this;
  }

  /** What the server itself says; without it, what the answer to a refused request says. */
  public FindingBuilder quote(@Nullable String said) {
    quote = said;
    return this;
  }

  /** What repeats are folded by, beside rule and server. */
  public FindingBuilder subject(String text) {
    subject = text;
    return this;
  }

  public FindingBuilder saw(
      long exchangeId, String where, String observed, @Nullable String expected) {
    evidence.add(new Evidence(exchangeId, where, observed, expected));
    return this;
  }

  /** The sub-cause, kebab-case: {@code mcpauth.cause}; repeats are folded by it as well. */
  public FindingBuilder cause(String name) {
    subject = subject.isEmpty() ? name : subject;
    return detail("mcpauth.cause", name);
  }

  /** The last step: what the fix of the rule would do. */
  public FindingBuilder fixStep(String does) {
    return step("Until then, in this JVM: -D" + fix.fixProperty() + "=on " + does);
  }

  /** The last step: what the fix of another rule would do, which cures this cause as well. */
  public FindingBuilder fixStep(RuleInfo other, String does) {
    fix = other;
    return fixStep(does);
  }

  /** One more step of the remedy; one that names the rule's property offers its fix. */
  public FindingBuilder step(String text) {
    String property = fix.fixProperty();
    repairable |= property != null && text.contains(property);
    remedy.add(text);
    return this;
  }

  public FindingBuilder detail(String name, Object value) {
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
        quote,
        server == null ? null : server.url(),
        List.copyOf(evidence),
        List.copyOf(remedy),
        info.spec(),
        repairable ? fix.fixProperty() : null,
        repairable ? fix.fixSafety() : FixSafety.NONE,
        Map.copyOf(details),
        subject);
  }
}
