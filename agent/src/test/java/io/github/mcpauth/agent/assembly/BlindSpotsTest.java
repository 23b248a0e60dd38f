package io.github.mcpauth.agent.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.Recorder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** That requests cannot be seen is said once, where there may be any. */
class BlindSpotsTest {

  private final Map<String, Boolean> labels = new HashMap<>();
  private final AtomicBoolean mcp = new AtomicBoolean();
  private final List<Object> told = new ArrayList<>();
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              Recorder.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (proxy, method, arguments) -> {
                told.add(arguments[0]);
                return null;
              });
  private final BlindSpots spots = new BlindSpots(new Seen(labels), mcp::get, recorder);

  private void after(int seconds, boolean atExit) {
    spots.look(TimeUnit.SECONDS.toNanos(seconds), atExit);
  }

  private void seen(String... names) {
    for (String name : names) {
      labels.put(name, true);
    }
  }

  @Test
  void itIsToldAfterTenSecondsAndNotAgain() {
    seen("client:Reactor Netty", "sdk:mcp-java-sdk", "transport:http");
    after(100, false);
    after(109, false);
    assertThat(told).isEmpty();
    after(110, false);
    after(200, false);
    after(201, true);
    assertThat(told).containsExactly(List.of("Reactor Netty"));
  }

  @Test
  void atTheEndItIsToldAtOnce() {
    seen("client:Vert.x", "client:Jetty", "sdk:langchain4j");
    after(1, true);
    assertThat(told).containsExactly(List.of("Jetty", "Vert.x"));
  }

  @Test
  void aHostWhoseMcpIsSeenIsNotTold() {
    seen("client:Reactor Netty", "sdk:spring-ai", "sdk:mcp-java-sdk");
    after(1, false);
    mcp.set(true);
    after(20, false);
    after(21, true);
    assertThat(told).isEmpty();
  }

  @Test
  void aHostThatSpeaksStdioAloneIsNotTold() {
    seen("client:Reactor Netty", "sdk:mcp-java-sdk", "transport:stdio");
    after(1, false);
    after(20, true);
    assertThat(told).isEmpty();
  }

  @Test
  void aHostWithoutAnSdkOrWithoutSuchAClientIsNotTold() {
    seen("client:Reactor Netty");
    after(1, true);
    labels.clear();
    seen("sdk:mcp-java-sdk", "transport:http");
    after(20, true);
    assertThat(told).isEmpty();
  }
}
