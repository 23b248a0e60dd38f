package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.reading.RequestDefect;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits for the lock of the diagnosis has read the bodies: who holds it need not. */
class ReadAheadTest {

  private static final String LONG = "x".repeat(500_000);

  /** Bytes; a text of 4 KiB that is turned to lower case takes as many. */
  private static final long LITTLE = 4096;

  private Diagnosis diagnosis = diagnosis();

  private static Diagnosis diagnosis() {
    return new Diagnosis(
        Config.DEFAULT,
        InstantSource.system(),
        (Listener)
            Proxy.newProxyInstance(
                ReadAheadTest.class.getClassLoader(),
                new Class<?>[] {Listener.class},
                (self, method, arguments) -> null));
  }

  private static Exchange sending() {
    return sending(1);
  }

  private static Exchange sending(long id) {
    Body body =
        Body.of(
            "{\"params\":{\"name\":\""
                + LONG
                + "\"},\"jsonrpc\":\"2.0\",\"id\":1,"
                + "\"method\":\"tools/call\"}");
    RequestHead head = new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), Headers.NONE);
    return Exchange.sending(id, ClientKind.OKHTTP, Role.MCP, head, body, Instant.now());
  }

  private static Exchange answered(int status, String body) {
    Headers json = Headers.of("Content-Type", "application/json");
    return sending()
        .answered(new ResponseHead(status, json), Duration.ZERO)
        .withResponseBody(Body.of(body), Duration.ZERO);
  }

  /** Tells of phases while this thread has the lock, and looks once nothing but that is left. */
  private void whileTheLockIsHeld(Runnable look, Runnable... phases) throws Exception {
    Field field = Diagnosis.class.getDeclaredField("lock");
    field.setAccessible(true);
    Object lock = field.get(diagnosis);
    List<Thread> telling = new ArrayList<>();
    synchronized (lock) {
      for (Runnable phase : phases) {
        Thread thread = new Thread(phase);
        telling.add(thread);
        thread.start();
        while (thread.isAlive() && !waitsFor(lock, thread)) {
          Thread.onSpinWait();
        }
        assertThat(thread.isAlive()).isTrue();
      }
      look.run();
    }
    for (Thread thread : telling) {
      thread.join();
    }
  }

  private static boolean waitsFor(Object lock, Thread thread) {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
    return info != null
        && info.getThreadState() == Thread.State.BLOCKED
        && info.getLockInfo() != null
        && info.getLockInfo().getIdentityHashCode() == System.identityHashCode(lock);
  }

  @Test
  void whoHoldsTheLockFindsABodyRead() throws Exception {
    Exchange sent = sending();
    Exchange taken = answered(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    Exchange refused = answered(400, "{\"error\":\"" + LONG + "\"}");
    whileTheLockIsHeld(
        () -> {
          assertThat(sent.requestBody().isReadAs(JsonRpc.CONTENT)).isTrue();
          assertThat(taken.responseBody().isReadAs(JsonRpc.CONTENT)).isTrue();
          assertThat(refused.requestBody().isReadAs(JsonRpc.CONTENT)).isTrue();
          assertThat(refused.requestBody().isReadAs(RequestDefect.MESSAGE)).isTrue();
          assertThat(refused.responseBody().isReadAs(JsonRpc.CONTENT)).isTrue();
        },
        () -> diagnosis.sent(sent),
        () -> diagnosis.completed(taken),
        () -> diagnosis.completed(refused));
  }

  /** What a thread allocates from the moment on that it has the lock, in bytes. */
  private long allocatedInTheLock(Runnable phase) throws Exception {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[2];
    Thread[] telling = new Thread[1];
    whileTheLockIsHeld(
        () -> {
          Thread waiting = Objects.requireNonNull(telling[0]);
          allocated[0] = threads.getThreadAllocatedBytes(waiting.getId());
        },
        () -> {
          telling[0] = Thread.currentThread();
          phase.run();
          allocated[1] = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        });
    return allocated[1] - allocated[0];
  }

  private long allocatedInTheLock(IntFunction<Runnable> phases, int length) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) { // What is loaded, and compiled, is none of its business.
      diagnosis = diagnosis();
      least = Math.min(least, allocatedInTheLock(phases.apply(length)));
    }
    return least;
  }

  private static Exchange refused(int status, String type, String body) {
    Headers headers = Headers.of("Content-Type", type);
    return sending()
        .answered(new ResponseHead(status, headers), Duration.ZERO)
        .withResponseBody(Body.of(body), Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "400, application/json, '{\"detail\":[{\"msg\":\"_\"}],\"more\":{\"why\":\"_ _\"}}'",
    "400, application/json, '{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"_\"}}'",
    "401, text/plain, '_ _'",
    "403, text/html, '<html><title>Forbidden</title><body>_</body></html>'",
    "404, text/plain, '<Error><Code>AccessDenied</Code><Message>_</Message></Error>'",
    "500, text/plain, 'Traceback (most recent call last)\n _'",
    "503, text/event-stream, 'data: {\"error\":\"_\"}'",
  })
  void inTheLockALongRefusalTakesNoMoreThanAShortOne(int status, String type, String body)
      throws Exception {
    IntFunction<Runnable> phases =
        length -> {
          Exchange refused = refused(status, type, body.replace("_", "x ".repeat(length)));
          return () -> diagnosis.completed(refused);
        };
    long few = allocatedInTheLock(phases, 200);
    assertThat(allocatedInTheLock(phases, 30_000)).isLessThan(few + LITTLE);
  }

  @Test
  void inTheLockALongPartOfAnEventStreamTakesNoMoreThanAShortOne() throws Exception {
    AtomicLong ids = new AtomicLong();
    IntFunction<Runnable> phases =
        length -> {
          Exchange open =
              sending(ids.incrementAndGet())
                  .answered(
                      new ResponseHead(200, Headers.of("Content-Type", "text/event-stream")),
                      Duration.ZERO);
          diagnosis.sent(open);
          diagnosis.answered(open);
          String event =
              "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"";
          byte[] bytes = (event + "x".repeat(length) + "\"}}\n\n").getBytes(StandardCharsets.UTF_8);
          EventStream.Part part = new EventStream().next(bytes);
          return () -> diagnosis.streamed(open, part);
        };
    long few = allocatedInTheLock(phases, 200);
    assertThat(allocatedInTheLock(phases, 60_000)).isLessThan(few + LITTLE);
  }

  @Test
  void whoHoldsTheLockFindsAPartOfAStreamReadAndThoseBeforeIt() throws Exception {
    Exchange open =
        sending()
            .answered(
                new ResponseHead(200, Headers.of("Content-Type", "text/event-stream")),
                Duration.ZERO);
    EventStream stream = new EventStream();
    EventStream.Part first =
        stream.next("data: {\"jsonrpc\":\"2.0\",".getBytes(StandardCharsets.UTF_8));
    EventStream.Part second =
        stream.next("\"id\":1,\"result\":{}}\n\n".getBytes(StandardCharsets.UTF_8));
    whileTheLockIsHeld(
        () -> {
          assertThat(first.isRead()).isTrue();
          assertThat(first.events()).isEmpty();
          assertThat(second.events()).hasSize(1);
          assertThat(second.events().get(0).messages()).hasSize(1);
        },
        () -> diagnosis.streamed(open, second));
  }

  @Test
  void aBodyIsReadOnceHoweverOftenItIsAsked() {
    Body body = sending().requestBody();
    assertThat(JsonRpc.of(body)).isSameAs(JsonRpc.of(body)).hasSize(1);
    assertThat(body.as(RequestDefect.MESSAGE)).isSameAs(body.as(RequestDefect.MESSAGE));
  }
}
