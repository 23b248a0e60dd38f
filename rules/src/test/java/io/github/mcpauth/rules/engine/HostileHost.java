package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a diagnosis through every phase of exchanges that nobody has cleaned up before. */
final class HostileHost implements Listener {

  /**
   * One exchange as a whole.
   *
   * @param role what it is taken for where the diagnosis does not recognise it
   * @param answer null where none came
   */
  record Step(
      Role role,
      RequestHead head,
      Body body,
      @Nullable ResponseHead answer,
      Body answerBody,
      @Nullable Failure failure) {}

  final List<String> ruleFailures = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<StateChange> states = new ArrayList<>();
  final boolean repairs;
  long repeats;
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private final Diagnosis diagnosis;
  private long id;

  HostileHost(Config config) {
    repairs = !config.fixes().isEmpty();
    diagnosis = new Diagnosis(config, () -> now, this);
  }

  void play(Step step) {
    play(step, null);
  }

  /**
   * @param why makes it the consequence of the exchange before, or null
   */
  void play(Step step, @Nullable FollowUp why) {
    Role recognised = diagnosis.recognise(step.head(), step::body);
    Role role = recognised == null ? step.role() : recognised;
    Exchange exchange =
        Exchange.sending(++id, ClientKind.JAVA_NET_HTTP, role, step.head(), step.body(), now);
    exchange = why == null ? exchange : exchange.following(id - 1, why);
    if (diagnosis.beforeSend(exchange) instanceof RequestDecision.Send send) {
      exchange = exchange.onTheWire(send.request(), 0);
    }
    exchange = exchange.onTheWire(exchange.request(), 400);
    diagnosis.sent(exchange);
    if (step.answer() != null) {
      exchange = exchange.answered(step.answer(), Duration.ofMillis(1));
      diagnosis.answered(exchange);
      diagnosis.takesRedirect(exchange);
      diagnosis.needsBody(exchange);
      exchange = exchange.withResponseBody(step.answerBody(), Duration.ofMillis(2));
      diagnosis.decide(exchange);
    }
    if (step.failure() != null) {
      diagnosis.failed(exchange.failed(step.failure(), Duration.ofMillis(3)));
    } else {
      diagnosis.completed(exchange);
    }
  }

  void firstEvent(Step step, String event, String data) {
    Exchange exchange =
        Exchange.sending(++id, ClientKind.OKHTTP, step.role(), step.head(), step.body(), now);
    diagnosis.sent(exchange);
    diagnosis.firstEvent(exchange, event, data);
  }

  void later(int seconds) {
    now = now.plusSeconds(seconds);
    diagnosis.tick();
  }

  void close() {
    diagnosis.close();
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats = count;
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {}

  @Override
  public void called(Call call, String serverUrl, int others) {}

  @Override
  public void moved(StateChange change) {
    states.add(change);
  }

  @Override
  public void fixed(FixReport report) {}

  @Override
  public void ruleFailed(String rule, Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    ruleFailures.add(rule + ": " + text);
  }
}
