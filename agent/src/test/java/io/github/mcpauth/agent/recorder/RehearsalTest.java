package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.BodyTap;
import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is rehearsed is what a host's first exchange needs: its thread then loads nothing more. */
class RehearsalTest {

  @Test
  void afterTheRehearsalAFirstExchangeLoadsNoClassOfOurs() throws Exception {
    Watching loader = new Watching();
    call(loader, Rehearsal.class.getName(), "play");
    Set<String> rehearsed = new TreeSet<>(loader.loaded);
    call(loader, FirstExchange.class.getName(), "run");
    Set<String> later = new TreeSet<>(loader.loaded);
    later.removeAll(rehearsed);
    assertThat(later).allMatch(name -> name.startsWith(RehearsalTest.class.getName()));
  }

  @Test
  void theWritersClassesAreThereAsWell() throws Exception {
    Watching loader = new Watching();
    call(loader, Rehearsal.class.getName(), "play");
    assertThat(loader.loaded)
        .contains(
            "io.github.mcpauth.agent.log.LogFile",
            "io.github.mcpauth.agent.log.LogOutput",
            "io.github.mcpauth.agent.log.LogFileAppender",
            "ch.qos.logback.classic.spi.LoggingEvent");
  }

  private static void call(ClassLoader loader, String type, String name) throws Exception {
    Method method = Class.forName(type, true, loader).getDeclaredMethod(name);
    method.setAccessible(true);
    method.invoke(null);
  }

  /** A successful call of a tool, as a hook tells of it. */
  static final class FirstExchange {

    static void run() {
      play(new Rehearsal());
    }

    static void play(Rehearsal recorder) {
      InstantSource clock = InstantSource.system();
      Diagnosis diagnosis = new Diagnosis(Config.DEFAULT, clock, recorder);
      Pipeline pipeline = new Pipeline(diagnosis, recorder, clock, 65536);
      pipeline.observations().attended();
      RequestHead request =
          new RequestHead(
              "POST",
              URI.create("https://mcp.example/mcp"),
              Headers.of(
                  "Accept", "application/json, text/event-stream",
                  "Authorization", "Bearer abc",
                  "Content-Type", "application/json"));
      Body body = Body.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}");
      Call call = pipeline.begin(ClientKind.JAVA_NET_HTTP, request, () -> body);
      if (call == null) {
        throw new IllegalStateException("not taken for MCP");
      }
      call.beforeSend();
      call.requestTap();
      call.sending(request, 300);
      call.answered(new ResponseHead(200, Headers.of("Content-Type", "application/json")));
      call.needsBody();
      call.decide(null);
      BodyTap tap = call.responseTap();
      byte[] answer =
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}".getBytes(StandardCharsets.UTF_8);
      tap.bytes(ByteBuffer.wrap(answer));
      tap.end();
      pipeline.observations().catchUp();
    }

    private FirstExchange() {}
  }

  /** Defines our classes and those of our libraries anew, and notes which. */
  private static final class Watching extends ClassLoader {

    private final Set<String> loaded = new TreeSet<>();

    Watching() {
      super(RehearsalTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        boolean ours =
            name.startsWith("io.github.mcpauth.")
                || name.startsWith("ch.qos.logback.")
                || name.startsWith("com.fasterxml.");
        if (!ours) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? defined(name) : known;
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        loaded.add(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
