package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.Listener;
import io.github.mcpauth.rules.engine.PlayedStreams;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plays a row's steps to a diagnosis of its own and keeps what it says. */
final class Player implements Listener {

  private static final long ORDINARY_MS = 5;

  private final List<String> found = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final Map<String, Exchange> open = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T00:30:00Z");
  private final Diagnosis diagnosis = new Diagnosis(Config.DEFAULT, () -> now, this);
  private final PlayedStreams streams = new PlayedStreams();
  private final Secrets secrets = new Secrets(() -> now);
  private String server = Requests.SERVER;
  private URI home = URI.create("https://nowhere.example");
  private long id;

  /** What was found: {@code rule} and {@code rule(cause)} are both in it for each finding. */
  static Player play(Row row) {
    Player player = new Player();
    for (String step : Words.split(row.steps(), " ; ")) {
      player.step(step);
    }
    player.now = player.now.plusSeconds(2);
    player.diagnosis.tick();
    return player;
  }

  /** Plays steps until the process ends, some quiet seconds after the last one. */
  static Player play(List<String> steps) {
    Player player = new Player();
    steps.forEach(player::step);
    player.passes(10);
    player.diagnosis.close();
    return player;
  }

  List<String> found() {
    return found;
  }

  List<Finding> findings() {
    return findings;
  }

  /** How many there were: they are numbered from 1 on. */
  long exchanges() {
    return id;
  }

  List<String> details() {
    return details;
  }

  private void step(String step) {
    if (step.startsWith("at ")) {
      server = step.substring(3).strip();
    } else if (step.startsWith("wait ")) {
      passes(Long.parseLong(step.substring(5).strip()));
    } else if (step.equals("close")) {
      diagnosis.close();
    } else if (!step.contains(" -> ")) {
      goesOn(new Words(step));
    } else {
      List<String> sides = Words.split(step, " -> ");
      exchange(new Words(sides.get(0)), new Words(sides.get(1)), step);
    }
  }

  /** Time goes by, second for second, as it does in a process. */
  private void passes(long seconds) {
    for (long second = 0; second < seconds; second++) {
      now = now.plusSeconds(1);
      diagnosis.tick();
    }
  }

  private void exchange(Words request, Words answer, String step) {
    RequestHead head = Requests.head(request, server, secrets);
    Body body = Body.of(Requests.body(request, server));
    Role role = diagnosis.recognise(head, () -> body);
    long parent = id;
    boolean redirected = request.has("redirected");
    if (role == null && redirected) {
      role = Role.MCP;
    }
    if (role == null) {
      throw new IllegalArgumentException("not recognised: " + step);
    }
    ClientKind client = request.has("okhttp") ? ClientKind.OKHTTP : ClientKind.JAVA_NET_HTTP;
    Exchange exchange = Exchange.sending(++id, client, role, head, body, now);
    if (redirected || request.has("authenticated")) {
      FollowUp why = redirected ? FollowUp.REDIRECT : FollowUp.AUTHENTICATE;
      exchange = exchange.following(parent, why).ofCallTo(home);
    }
    home = exchange.home();
    int size = Integer.parseInt(request.value("size", "300"));
    exchange = exchange.onTheWire(head, size);
    diagnosis.sent(exchange);
    String name = request.value("as", "");
    open.put(name, exchange);
    if (answer.first().equals("none")) {
      return;
    }
    Duration after = Duration.ofMillis(Long.parseLong(answer.value("ms", "" + ORDINARY_MS)));
    now = now.plus(after);
    if (answer.first().startsWith("!")) {
      diagnosis.failed(exchange.failed(failure(answer), after));
      return;
    }
    exchange = exchange.answered(Answers.head(answer, server), after);
    diagnosis.answered(exchange);
    open.put(name, exchange);
    if (answer.has("opens")) {
      return;
    }
    String text = Answers.body(answer, request, server, secrets);
    if (answer.has("sse") && answer.has("ok")) {
      streamed(exchange, "data: " + text + "\n\n");
    } else if (answer.has("sse") && text.startsWith("event:")) {
      streamed(exchange, text);
    }
    exchange = exchange.withResponseBody(Body.of(text), after);
    String broken = answer.value("broken");
    if (broken != null) {
      Failure cut =
          new Failure(Failure.Kind.valueOf(broken), "java.io.IOException", answer.value("msg"));
      diagnosis.failed(exchange.failed(cut, after));
      return;
    }
    diagnosis.decide(exchange);
    diagnosis.completed(exchange);
  }

  /**
   * What becomes of an exchange that was named with {@code as=} and left open: {@code x event=…},
   * {@code x endpoint=…}, {@code x raw=…}, {@code x result=…} (an id), {@code x comment}, {@code x
   * ends}, {@code x drops} (the host does), {@code x times-out} (the client does), {@code x cut}.
   */
  private void goesOn(Words words) {
    Exchange exchange = Objects.requireNonNull(open.get(words.first()), words.first());
    exchange = exchange.withResponseBody(Body.NONE, Duration.between(exchange.sentAt(), now));
    String endpoint = words.value("endpoint");
    String result = words.value("result");
    if (endpoint != null) {
      diagnosis.firstEvent(exchange, "endpoint", endpoint);
      streamed(exchange, "event: endpoint\ndata: " + endpoint + "\n\n");
    } else if (result != null) {
      String message =
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + result
              + ",\"result\":{\"protocolVersion\":\"2025-11-25\"}}";
      streamed(exchange, "data: " + message + "\n\n");
    } else if (words.value("raw") != null) {
      streamed(exchange, unescaped(words.value("raw", "")));
    } else if (words.value("event") != null) {
      streamed(exchange, "data: " + unescaped(words.value("event", "")) + "\n\n");
    } else if (words.has("comment")) {
      streamed(exchange, ": keep-alive\n\n");
    } else if (words.has("ends")) {
      diagnosis.completed(exchange);
    } else {
      Failure.Kind broken = words.has("times-out") ? Failure.Kind.TIMEOUT : Failure.Kind.CLOSED;
      Failure.Kind kind = words.has("drops") ? Failure.Kind.CANCELLED : broken;
      Failure why = new Failure(kind, "java.io.IOException", words.value("msg"));
      diagnosis.failed(exchange.failed(why, exchange.elapsed()));
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private void streamed(Exchange exchange, String text) {
    streams.streamed(diagnosis, exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Failure failure(Words answer) {
    Failure.Kind kind = Failure.Kind.valueOf(answer.first().substring(1));
    return new Failure(kind, answer.value("type", "java.io.IOException"), answer.value("msg"));
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
    Object cause = finding.details().get("mcpauth.cause");
    found.add(cause == null ? finding.rule() : finding.rule() + "(" + cause + ")");
    details.add(finding.rule() + ": " + finding.message());
    if (finding.remedy().isEmpty() || finding.evidence().isEmpty() || finding.message().isEmpty()) {
      throw new IllegalStateException("a finding without message, evidence or remedy: " + finding);
    }
  }

  @Override
  public void repeated(Finding finding, long count) {}

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    details.add("linked: " + finding.rule() + " to " + cause);
  }

  @Override
  public void called(Call call, String serverUrl, int others) {
    calls.add(call);
  }

  @Override
  public void moved(StateChange change) {}

  @Override
  public void fixed(FixReport report) {}

  @Override
  public void ruleFailed(String rule, Throwable error) {
    throw new IllegalStateException("the rule " + rule + " threw", error);
  }
}
