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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for the lock of the diagnosis has read the bodies: who holds it need not. */
class ReadAheadTest {

  private static final String LONG = "x".repeat(500_000);

  private final Diagnosis diagnosis =
      new Diagnosis(
          Config.DEFAULT,
          InstantSource.system(),
          (Listener)
              Proxy.newProxyInstance(
                  ReadAheadTest.class.getClassLoader(),
                  new Class<?>[] {Listener.class},
                  (self, method, arguments) -> null));

  private static Exchange sending() {
    Body body =
        Body.of(
            "{\"params\":{\"name\":\""
                + LONG
                + "\"},\"jsonrpc\":\"2.0\",\"id\":1,"
                + "\"method\":\"tools/call\"}");
    RequestHead head = new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), Headers.NONE);
    return Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, body, Instant.now());
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

  @Test
  void aBodyIsReadOnceHoweverOftenItIsAsked() {
    Body body = sending().requestBody();
    assertThat(JsonRpc.of(body)).isSameAs(JsonRpc.of(body)).hasSize(1);
    assertThat(body.as(RequestDefect.MESSAGE)).isSameAs(body.as(RequestDefect.MESSAGE));
  }
}
