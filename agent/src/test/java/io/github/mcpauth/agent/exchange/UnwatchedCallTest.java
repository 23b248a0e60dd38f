package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A call that passes unwatched is heard of as soon as it does not go well, from its beginning. */
class UnwatchedCallTest {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final Body LIST =
      Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
  private static final Body INITIALIZE =
      Body.of(
          "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
              + "{\"protocolVersion\":\"2025-11-25\"}}");
  private static final ResponseHead OK =
      new ResponseHead(200, Headers.of("Content-Type", "application/json"));

  private final List<Exchange> recorded = Collections.synchronizedList(new ArrayList<>());
  private final List<String> states = Collections.synchronizedList(new ArrayList<>());
  private final List<Call> badCalls = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger unwatched = new AtomicInteger();
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              UnwatchedCallTest.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "exchange" -> recorded.add((Exchange) arguments[0]);
                  case "moved" -> states.add(((StateChange) arguments[0]).state().label());
                  case "called" -> badCalls.add((Call) arguments[0]);
                  case "unwatched" -> unwatched.incrementAndGet();
                  default -> {}
                }
                return method.getReturnType() == boolean.class ? true : null;
              });
  private final InstantSource clock = InstantSource.system();
  private final Pipeline pipeline = pipeline(Config.DEFAULT);

  private Pipeline pipeline(Config config) {
    return new Pipeline(new Diagnosis(config, clock, recorder), recorder, clock, 1024);
  }

  private static RequestHead post(String... more) {
    Headers headers =
        Headers.of(
            "Accept", "application/json, text/event-stream",
            "Content-Type", "application/json",
            "Mcp-Session-Id", "session-1",
            "Authorization", "Bearer abcdefghijklmnop");
    for (int i = 0; i < more.length; i += 2) {
      headers = headers.plus(more[i], more[i + 1]);
    }
    return new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), headers);
  }

  private static HttpCall begin(Pipeline pipeline, RequestHead head, Body body) {
    return Objects.requireNonNull(pipeline.begin(ClientKind.OKHTTP, head, () -> body));
  }

  /** A call that is watched, and goes well. */
  private static void wentWell(
      Pipeline pipeline, RequestHead head, Body body, ResponseHead answer) {
    HttpCall call = begin(pipeline, head, body);
    call.beforeSend();
    call.sending(head, 100);
    call.answered(answer);
    call.decide(null);
    BodyTap tap = call.responseTap();
    tap.bytes(ByteBuffer.wrap(RESULT.replace(":1", body == LIST ? ":1" : ":0").getBytes()));
    tap.end();
  }

  /** A call that repeats what went well, and has left. */
  private static HttpCall repetition(Pipeline pipeline) {
    HttpCall call = unsent(pipeline);
    call.sending(post(), 100);
    return call;
  }

  private static HttpCall unsent(Pipeline pipeline) {
    Headers open = OK.headers().plus("Mcp-Session-Id", "session-1");
    RequestHead first = post().withHeaders(post().headers().without("Mcp-Session-Id"));
    wentWell(pipeline, first, INITIALIZE, new ResponseHead(200, open));
    HttpCall call = begin(pipeline, post(), LIST);
    for (int i = 0; i < 100 && !(call instanceof UnwatchedCall); i++) {
      call.cancelled();
      wentWell(pipeline, post(), LIST, OK);
      call = begin(pipeline, post(), LIST);
    }
    assertThat(call).isInstanceOf(UnwatchedCall.class);
    call.beforeSend();
    return call;
  }

  private void forget() {
    recorded.clear();
    states.clear();
    badCalls.clear();
    unwatched.set(0);
  }

  @Test
  void oneThatGoesWellIsOnlyCounted() {
    HttpCall call = repetition(pipeline);
    forget();
    call.answered(OK);
    assertThat(call.needsBody()).isFalse();
    assertThat(call.decide(null)).isEqualTo(ResponseDecision.DELIVER_AS_IS);
    assertThat(call.responseTap()).isSameAs(BodyTap.NONE);
    pipeline.close();
    assertThat(unwatched).hasValue(1);
    assertThat(recorded).isEmpty();
    assertThat(badCalls).isEmpty(); // Nobody waits for its answer.
  }

  @Test
  void aRefusalIsHeardOfWithEverything() {
    HttpCall call = repetition(pipeline);
    long before = pipeline.lastId();
    forget();
    call.answered(new ResponseHead(401, Headers.of("WWW-Authenticate", "Bearer")));
    call.decide(null);
    call.responseTap().end();
    assertThat(states).containsExactly("needs-auth");
    assertThat(recorded).hasSize(1);
    Exchange refused = recorded.get(0);
    assertThat(refused.id()).isEqualTo(before); // It began when it began.
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.requestBody().text()).isEqualTo(LIST.text());
    assertThat(refused.request().headers()).isEqualTo(post().headers());
    assertThat(unwatched).hasValue(0);
    assertThat(begin(pipeline, post(), LIST)).isInstanceOf(ObservedHttpCall.class);
  }

  @Test
  void aFailureAndWhatTheHostGivesUpAreHeardOf() {
    HttpCall call = repetition(pipeline);
    forget();
    call.failed(new IOException("reset"));
    assertThat(recorded).singleElement().extracting(Exchange::failure).isNotNull();
    call = repetition(pipeline);
    forget();
    call.cancelled();
    assertThat(recorded)
        .singleElement()
        .extracting(exchange -> Objects.requireNonNull(exchange.failure()).kind())
        .isEqualTo(Failure.Kind.CANCELLED);
  }

  @Test
  void anAnswerThatBreaksOffIsHeardOfWhereTheClientSaysSo() {
    HttpCall call = repetition(pipeline);
    forget();
    call.answered(OK);
    call.failed(new IOException("reset"));
    assertThat(recorded).singleElement().extracting(Exchange::status).isEqualTo(200);
  }

  @Test
  void aPageAndARedirectAreNoSuccess() {
    HttpCall call = repetition(pipeline);
    forget();
    call.answered(new ResponseHead(200, Headers.of("Content-Type", "text/html")));
    call.responseTap().end();
    assertThat(recorded).hasSize(1);
    call = repetition(pipeline);
    forget();
    call.answered(new ResponseHead(307, Headers.of("Location", "/mcp/")));
    call.sending(post(), 100);
    assertThat(recorded).singleElement().extracting(Exchange::status).isEqualTo(307);
  }

  @Test
  void whatLeavesWithACookieOfItsOwnIsWatched() {
    HttpCall call = unsent(pipeline);
    forget();
    call.sending(post("Cookie", "visit=2"), 120);
    call.answered(OK);
    call.responseTap().end();
    assertThat(recorded).hasSize(1);
    assertThat(recorded.get(0).request().headers().first("Cookie")).isEqualTo("visit=2");
  }

  @Test
  void aFixRepairsWhatBeganUnwatched() {
    Config repairing =
        new Config(Set.of(), FixMode.ON, Map.of(), Config.DEFAULT.headersLimit(), 8192);
    Pipeline repairs = pipeline(repairing);
    HttpCall call = repetition(repairs);
    call.answered(new ResponseHead(404, Headers.of("Content-Type", "application/json")));
    Body unknown =
        Body.of(
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,"
                + "\"message\":\"Session not found\"}}");
    assertThat(call.needsBody()).isTrue();
    assertThat(call.decide(unknown)).isInstanceOf(ResponseDecision.Replay.class);
  }
}
