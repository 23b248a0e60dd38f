package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LineFormat;
import io.github.mcpauth.agent.log.LogEvent;
import io.github.mcpauth.agent.log.LogEvents;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays one exchange that nobody made, into a pipeline that nobody sees, on the worker while the
 * host still opens its connection: the classes are then there, and the host's thread need not load
 * them when its first exchange comes.
 */
final class Rehearsal implements Recorder {

  private static final String[] LATER = {
    "ch.qos.logback.classic.spi.LoggingEvent",
    "io.github.mcpauth.agent.log.LogFile",
    "io.github.mcpauth.agent.log.LogOutput",
    "io.github.mcpauth.agent.log.LogFileAppender",
    "io.github.mcpauth.agent.recorder.QueueEntry$Learn",
    "io.github.mcpauth.agent.recorder.QueueEntry$Sent",
    "io.github.mcpauth.agent.recorder.QueueEntry$Moved",
    "io.github.mcpauth.agent.recorder.QueueEntry$Exchanged"
  };
  private static final String REQUEST =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}";
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
  private final LineFormat lines = new LineFormat(0, redactor.redact(Map.of()));

  /** Plays it; where it fails, the host's thread loads what it needs itself. */
  static void tryToPlay() {
    try {
      play();
    } catch (Throwable ignored) {
      // The first real exchange will meet the same fault, and be heard.
    }
  }

  static void play() throws ClassNotFoundException {
    InstantSource clock = InstantSource.system();
    Rehearsal stage = new Rehearsal();
    Pipeline pipeline =
        new Pipeline(new Diagnosis(Config.DEFAULT, clock, stage), stage, clock, 1024);
    pipeline.observations().attended();
    RequestHead request =
        new RequestHead(
            "POST",
            URI.create("https://rehearsal.invalid/mcp"),
            Headers.of(
                "Accept", "application/json, text/event-stream",
                "Authorization", "Bearer rehearsal",
                "Content-Type", "application/json"));
    Call call = pipeline.begin(ClientKind.OKHTTP, request, new Asked());
    if (call != null) {
      call.beforeSend();
      call.requestTap();
      call.sending(request, 200);
      call.answered(new ResponseHead(200, Headers.of("Content-Type", "application/json")));
      call.decide(null);
      BodyTap tap = call.responseTap();
      tap.bytes(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)));
      tap.end();
    }
    pipeline.observations().catchUp();
    for (String name : LATER) {
      Class.forName(name);
    }
  }

  /** No lambda: the worker has enough to do as it is. */
  private static final class Asked implements Supplier<Body> {
    @Override
    public Body get() {
      return Body.of(REQUEST);
    }
  }

  private void line(LogEvent event) {
    lines.line(event, redactor.redact(event.raw()));
  }

  @Override
  public void sent(Exchange exchange, @Nullable String serverUrl) {
    for (JsonRpcMessage message : JsonRpc.parse(exchange.requestBody().bytes())) {
      Instant now = Instant.now();
      line(LogEvents.message(now, exchange, "sent", message, message.method(), serverUrl));
    }
  }

  @Override
  public void exchange(Exchange exchange, @Nullable String serverUrl) {
    line(LogEvents.exchange(Instant.now(), exchange, serverUrl));
  }

  @Override
  public void learn(Exchange exchange) {
    redactor.learn(exchange);
  }

  @Override
  public void failed(Map<Field, Object> fields) {}

  @Override
  public void switchedOff(Map<Field, Object> fields) {}

  @Override
  public void streamed(long exchangeId, byte[] bytes) {}

  @Override
  public void streamEnded(long exchangeId) {}

  @Override
  public void found(Finding finding) {}

  @Override
  public void repeated(Finding finding, long count) {}

  @Override
  public void linked(Finding finding, String cause, long causedBy) {}

  @Override
  public void moved(StateChange change) {}

  @Override
  public void fixed(FixReport report) {}

  @Override
  public void ruleFailed(String rule, Throwable error) {}
}
