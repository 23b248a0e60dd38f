package io.github.mcpauth.bench.program;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.Listener;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/**
 * The rules alone, all phases of one MCP exchange that succeeds: {@code COUNT}. Prints the median
 * of COUNT, after five times as many to warm up, in µs.
 */
public final class Examine {

  public static void main(String[] args) {
    int count = Integer.parseInt(args[0]);
    Diagnosis diagnosis = new Diagnosis(Config.DEFAULT, Clock.systemUTC(), new Deaf());
    RequestHead request =
        new RequestHead(
            "POST",
            URI.create("https://mcp.example/mcp"),
            Headers.of(
                "Host", "mcp.example",
                "Content-Type", "application/json",
                "Accept", "application/json, text/event-stream",
                "MCP-Protocol-Version", "2025-11-25",
                "MCP-Session-Id", "0b5f9c7e-5a2b-4d3c-9f10-6a1a2b3c4d5e",
                "Authorization", "Bearer abcdefghijklmnopqrstuvwxyz0123456789"));
    ResponseHead response =
        new ResponseHead(200, Headers.of("Content-Type", "application/json", "Date", "now"));
    Body body = Body.of(Client.MCP);
    Body answer = Body.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[]}}");
    long[] nanos = new long[count];
    for (int i = -5 * count; i < count; i++) {
      long start = System.nanoTime();
      Role role = diagnosis.recognise(request, () -> body);
      if (role != Role.MCP) {
        throw new IllegalStateException("not taken for MCP: " + role);
      }
      Exchange sent =
          Exchange.sending(
                  i + 5L * count + 1,
                  ClientKind.OKHTTP,
                  role,
                  request,
                  body,
                  Clock.systemUTC().instant())
              .onTheWire(request, 400);
      diagnosis.sent(sent);
      Exchange answered = sent.answered(response, Duration.ofMillis(1));
      diagnosis.answered(answered);
      diagnosis.decide(answered);
      diagnosis.completed(answered.withResponseBody(answer, Duration.ofMillis(2)));
      long took = System.nanoTime() - start;
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    Arrays.sort(nanos);
    System.out.println(nanos[count / 2] / 1000.0);
  }

  /** Hears nothing. */
  static final class Deaf implements Listener {
    @Override
    public void found(Finding finding) {}

    @Override
    public void repeated(Finding finding, long count) {}

    @Override
    public void linked(Finding finding, String cause, long causedBy) {}

    @Override
    public void called(Call call, String serverUrl, int others) {}

    @Override
    public void moved(StateChange change) {}

    @Override
    public void fixed(FixReport report) {}

    @Override
    public void ruleFailed(String rule, Throwable error) {
      throw new IllegalStateException(rule, error);
    }
  }

  private Examine() {}
}
