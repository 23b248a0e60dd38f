package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays exchanges to a diagnosis and keeps what it says. */
final class Scenario implements Listener {

  static final String SERVER = "https://mcp.example/mcp";
  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\"}}";

  final List<Finding> findings = new ArrayList<>();
  final List<StateChange> states = new ArrayList<>();
  final List<ServerStatus> statuses = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();
  final List<FixReport> fixes = new ArrayList<>();
  final List<String> linked = new ArrayList<>();
  final List<String> failedRules = new ArrayList<>();
  long repeats;
  int otherCalls;
  Consumer<Finding> whenRepeated = finding -> {};
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private final Diagnosis diagnosis;
  private final PlayedStreams streams = new PlayedStreams();
  private long id;
  private int headerBytes = 300;

  Scenario(Config config) {
    diagnosis = new Diagnosis(config, () -> now, this);
  }

  static Scenario withDefaults() {
    return new Scenario(Config.DEFAULT);
  }

  Scenario headerBytes(int bytes) {
    headerBytes = bytes;
    return this;
  }

  /** A POST of initialize and its answer; returns what the host is to see of it. */
  ResponseDecision initialize(Headers extra, int status, Headers answer, String body) {
    Headers headers = Headers.of("Content-Type", "application/json");
    for (var field : extra) {
      headers = headers.plus(field.name(), field.value());
    }
    RequestHead head = new RequestHead("POST", URI.create(SERVER), headers);
    return play(head, INITIALIZE, new ResponseHead(status, answer), body);
  }

  ResponseDecision get(String url, int status, String type, String body) {
    RequestHead head = new RequestHead("GET", URI.create(url), Headers.NONE);
    return play(head, "", new ResponseHead(status, Headers.of("Content-Type", type)), body);
  }

  ResponseDecision play(RequestHead head, String body, ResponseHead answer, String answerBody) {
    return play(head, body, answer, Duration.ZERO, answerBody);
  }

  /**
   * @param lag between the head of the answer and its body
   */
  ResponseDecision play(
      RequestHead head, String body, ResponseHead answer, Duration lag, String answerBody) {
    Exchange exchange = sending(head, body);
    if (exchange == null) {
      return ResponseDecision.DELIVER_AS_IS;
    }
    exchange = exchange.answered(answer, Duration.ofMillis(5));
    diagnosis.answered(exchange);
    later(lag);
    exchange = exchange.withResponseBody(Body.of(answerBody), lag.plusMillis(6));
    ResponseDecision decision = diagnosis.decide(exchange);
    diagnosis.completed(exchange);
    return decision;
  }

  /** A request that is answered with an event stream, which ends in good order. */
  void playStream(RequestHead head, String body, Duration takes, String... events) {
    Exchange exchange = Objects.requireNonNull(sending(head, body));
    ResponseHead answer = new ResponseHead(200, Headers.of("Content-Type", "text/event-stream"));
    exchange = exchange.answered(answer, Duration.ofMillis(5));
    diagnosis.answered(exchange);
    for (String event : events) {
      later(takes);
      byte[] bytes = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
      streams.streamed(diagnosis, exchange, bytes);
    }
    diagnosis.completed(exchange.withResponseBody(Body.NONE, takes.multipliedBy(events.length)));
  }

  /** A POST of initialize of whose answer only the head is there. */
  void initializing(ResponseHead answer) {
    Headers headers = Headers.of("Content-Type", "application/json");
    Exchange exchange = sending(new RequestHead("POST", URI.create(SERVER), headers), INITIALIZE);
    diagnosis.answered(Objects.requireNonNull(exchange).answered(answer, Duration.ofMillis(5)));
  }

  void fails(Failure failure) {
    Headers headers = Headers.of("Content-Type", "application/json");
    Exchange exchange = sending(new RequestHead("POST", URI.create(SERVER), headers), INITIALIZE);
    diagnosis.failed(Objects.requireNonNull(exchange).failed(failure, Duration.ofMillis(5)));
  }

  void failsStream(Failure failure) {
    Headers headers = Headers.of("MCP-Protocol-Version", "2025-11-25");
    Exchange exchange = sending(new RequestHead("GET", URI.create(SERVER), headers), "");
    diagnosis.failed(Objects.requireNonNull(exchange).failed(failure, Duration.ofMillis(5)));
  }

  /** The client goes on to another URL by itself, which answers 401. */
  void follow(String url, FollowUp why, Headers headers) {
    RequestHead head = new RequestHead("POST", URI.create(url), headers);
    Exchange exchange =
        Exchange.sending(++id, ClientKind.OKHTTP, Role.MCP, head, Body.of(INITIALIZE), now)
            .following(id - 1, why)
            .ofCallTo(URI.create(SERVER));
    diagnosis.sent(exchange);
    exchange = exchange.answered(new ResponseHead(401, Headers.NONE), Duration.ofMillis(5));
    diagnosis.answered(exchange);
    diagnosis.completed(exchange);
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  private @Nullable Exchange sending(RequestHead head, String body) {
    Role role = diagnosis.recognise(head, () -> Body.of(body));
    if (role == null) {
      return null;
    }
    Exchange exchange =
        Exchange.sending(++id, ClientKind.OKHTTP, role, head, Body.of(body), now)
            .onTheWire(head, headerBytes);
    diagnosis.sent(exchange);
    return exchange;
  }

  @Nullable Role role(RequestHead head, String body) {
    return diagnosis.recognise(head, () -> Body.of(body));
  }

  Scenario later() {
    now = now.plusSeconds(2);
    diagnosis.tick();
    return this;
  }

  Scenario later(Duration quiet) {
    now = now.plus(quiet);
    diagnosis.tick();
    return this;
  }

  List<String> rules() {
    return findings.stream().map(Finding::rule).toList();
  }

  List<String> stateNames() {
    return states.stream().map(change -> change.state().label()).toList();
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats = count;
    whenRepeated.accept(finding);
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    linked.add(finding.rule() + "<" + cause);
  }

  @Override
  public void called(Call call, String serverUrl, int others) {
    calls.add(call);
    otherCalls += others;
  }

  @Override
  public void moved(StateChange change) {
    states.add(change);
  }

  @Override
  public void stands(ServerStatus status) {
    statuses.add(status);
  }

  @Override
  public void fixed(FixReport report) {
    fixes.add(report);
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    failedRules.add(rule);
  }
}
