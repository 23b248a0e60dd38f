package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is open when the process ends is taken down, whichever exchange of a call it is. */
class PipelineTest {

  private final List<Exchange> recorded = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable CountDownLatch recording;
  private final CountDownLatch mayRecord = new CountDownLatch(1);
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              PipelineTest.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) -> {
                if (method.getName().equals("exchange")) {
                  CountDownLatch slow = recording;
                  if (slow != null) {
                    slow.countDown();
                    mayRecord.await();
                  }
                  recorded.add((Exchange) arguments[0]);
                }
                return method.getReturnType() != boolean.class
                    ? null
                    : method.getName().equals("learn");
              });
  private final InstantSource clock = InstantSource.system();
  private final Pipeline pipeline =
      new Pipeline(new Diagnosis(Config.DEFAULT, clock, recorder), recorder, clock, 1024);

  private static RequestHead post(String path) {
    Headers headers =
        Headers.of(
            "Accept", "application/json, text/event-stream",
            "Content-Type", "application/json");
    return new RequestHead("POST", URI.create("http://127.0.0.1:1" + path), headers);
  }

  private HttpCall begin() {
    Body body = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    HttpCall call = pipeline.begin(ClientKind.OKHTTP, post("/mcp"), () -> body);
    return Objects.requireNonNull(call);
  }

  @Test
  void aCallWithoutAnAnswerIsTakenDownAtTheEnd() {
    begin().sending(post("/mcp"), 100);
    pipeline.close();
    assertThat(recorded).singleElement().extracting(Exchange::status).isEqualTo(0);
  }

  @Test
  void theHopThatFollowsARedirectIsTakenDownAsWell() {
    HttpCall call = begin();
    call.sending(post("/mcp"), 100);
    call.answered(new ResponseHead(307, Headers.of("Location", "/mcp/")));
    call.sending(post("/mcp/"), 100);
    assertThat(recorded).extracting(Exchange::status).containsExactly(307);
    pipeline.close();
    assertThat(recorded)
        .extracting(exchange -> exchange.request().url().getPath() + " " + exchange.status())
        .containsExactly("/mcp 307", "/mcp/ 0");
  }

  @Test
  void whatIsOverIsNotTakenDownAgain() {
    HttpCall call = begin();
    call.sending(post("/mcp"), 100);
    call.cancelled();
    pipeline.close();
    assertThat(recorded).hasSize(1);
  }

  @Test
  void whatIsJustEndingWhenTheProcessDoesIsTakenDownBefore() throws InterruptedException {
    HttpCall call = begin();
    call.sending(post("/mcp"), 100);
    call.answered(new ResponseHead(401, Headers.of("WWW-Authenticate", "Bearer")));
    BodyTap tap = call.responseTap();
    CountDownLatch begun = new CountDownLatch(1);
    recording = begun;
    Thread client = new Thread(tap::end);
    client.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread exit = new Thread(pipeline::close);
    exit.start();
    exit.join(200);
    assertThat(exit.isAlive()).isTrue();
    mayRecord.countDown();
    exit.join(10_000);
    assertThat(recorded).singleElement().extracting(Exchange::status).isEqualTo(401);
    client.join(10_000);
  }
}
