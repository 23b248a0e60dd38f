package io.github.mcpauth.agent.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Of a flood nobody copies what nobody reads; what is read after it is told with its place. */
class StreamTapTest {

  private static final byte[] EVENT =
      "data: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n".getBytes(UTF_8);

  private final List<String> told = new ArrayList<>();
  private boolean reads = true;
  private boolean learns = true;
  private int unread;
  private final Recorder recorder =
      (Recorder)
          Proxy.newProxyInstance(
              StreamTapTest.class.getClassLoader(),
              new Class<?>[] {Recorder.class},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "readsStreams" -> reads;
                    case "learn" -> true;
                    case "streamed" -> {
                      told.add(arguments[1] + (arguments[3].equals(true) ? " quotable" : ""));
                      yield learns;
                    }
                    case "unread" -> {
                      unread++;
                      yield null;
                    }
                    default -> method.getReturnType() == boolean.class ? false : null;
                  });
  private final InstantSource clock = InstantSource.system();
  private final Pipeline pipeline =
      new Pipeline(new Diagnosis(Config.DEFAULT, clock, recorder), recorder, clock, 1024);

  private BodyTap stream() {
    Headers headers =
        Headers.of(
            "Accept", "application/json, text/event-stream",
            "Content-Type", "application/json");
    RequestHead post = new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), headers);
    Body body = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}");
    HttpCall call = Objects.requireNonNull(pipeline.begin(ClientKind.OKHTTP, post, () -> body));
    call.sending(post, 100);
    call.answered(new ResponseHead(200, Headers.of("Content-Type", "text/event-stream")));
    return call.responseTap();
  }

  @Test
  void whatNobodyReadsIsCountedAndNotCopied() {
    BodyTap tap = stream();
    assertThat(tap.passes(EVENT.length)).isFalse();
    tap.bytes(ByteBuffer.wrap(EVENT));
    learns = false;
    tap.bytes(ByteBuffer.wrap(EVENT)); // From here on the rules hear no more of it.
    reads = false;
    assertThat(tap.passes(1000)).isTrue();
    tap.bytes(ByteBuffer.wrap(EVENT));
    assertThat(unread).isEqualTo(2);
    reads = true;
    tap.bytes(ByteBuffer.wrap(EVENT));
    int last = 3 * EVENT.length + 1000;
    assertThat(told).containsExactly("0 quotable", EVENT.length + " quotable", "" + last);
  }

  @Test
  void whatTheRulesHearOfIsGivenToTheRecorderAlthoughItReadsNone() {
    BodyTap tap = stream();
    reads = false;
    assertThat(tap.passes(EVENT.length)).isFalse();
    tap.bytes(ByteBuffer.wrap(EVENT));
    assertThat(told).containsExactly("0 quotable");
    tap.end();
    assertThat(tap.passes(EVENT.length)).isTrue();
    assertThat(unread).isZero();
  }
}
